use std::collections::BTreeMap;

use serde::Serialize;

/// One series of an alarm over many.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContributorShown {
    /// What it is grouped by.
    pub attributes: BTreeMap<String, String>,
    /// `ALARM`, or `OK`.
    pub state: &'static str,
    /// Since when it is in ALARM; null where only this engine has judged it.
    pub since: Option<String>,
    /// Its newest value; null where it was not worked out.
    pub value: Option<f64>,
    /// The service's reason, where it gives one.
    pub reason: Option<String>,
}

impl ContributorShown {
    /// `user_id="C-1"`.
    pub fn name(&self) -> String {
        let pairs = self.attributes.iter();
        let pairs = pairs.map(|(name, value)| format!("{name}=\"{value}\""));
        pairs.collect::<Vec<_>>().join(", ")
    }
}
