use std::time::Duration;

use serde::Serialize;

use crate::customers::History;
use crate::transaction::Transaction;

/// What a factor looks at.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The transaction to score.
    pub transaction: &'a Transaction,
    /// What was known of the customer before it.
    pub history: &'a History,
    /// When it arrived, by the service's monotonic clock.
    pub now: Duration,
}

/// One rule of the score.
#[derive(Clone, Copy, Debug)]
pub struct Factor {
    /// Its name in responses and logs.
    pub name: &'static str,
    /// The most points it gives.
    pub weight: u8,
    /// What it looks for, for people.
    pub description: &'static str,
    /// The points, from 1 to `weight`, and why; `None` where it has nothing to say.
    pub assess: fn(&Evidence<'_>) -> Option<(u8, String)>,
}

/// A factor that spoke against a transaction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RiskFactor {
    /// The factor's name.
    pub name: &'static str,
    /// What it added to the score.
    pub points: u8,
    /// What it found.
    pub reason: String,
}
