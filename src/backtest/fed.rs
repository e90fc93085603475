use std::collections::BTreeMap;

use serde::Serialize;

/// What a backtest was fed, and what of the recording it could not be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Fed {
    /// Log events.
    pub events: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Data of metrics.
    pub data: u64,
    /// What was not fed, or fed with a reservation.
    pub not_fed: Vec<NotFed>,
}

/// A part of the recording that was not fed as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotFed {
    /// How many events, lines or data.
    pub count: u64,
    /// Which, and why.
    pub what: String,
}

/// Counts by reason, in order of the reasons.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally(BTreeMap<String, u64>);

impl Tally {
    pub(super) fn add(&mut self, what: impl Into<String>, count: u64) {
        if count > 0 {
            *self.0.entry(what.into()).or_default() += count;
        }
    }

    pub(super) fn into_list(self) -> Vec<NotFed> {
        let list = self.0.into_iter();
        list.map(|(what, count)| NotFed { count, what }).collect()
    }
}
