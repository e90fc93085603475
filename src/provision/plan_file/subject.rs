use serde::{Deserialize, Serialize};

use crate::provision::Place;

/// Which suite and which account a plan is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// The suite's name.
    pub suite: String,
    /// The environment of belfry.toml.
    pub environment: String,
    /// Twelve digits.
    pub account: String,
    /// `us-east-1`.
    pub region: String,
}

impl Subject {
    /// Of a suite's environment at a place.
    pub fn new(suite: &str, environment: &str, place: &Place) -> Self {
        Self {
            suite: suite.to_owned(),
            environment: environment.to_owned(),
            account: place.account.clone(),
            region: place.region.clone(),
        }
    }
}
