use std::collections::BTreeMap;

use super::mishap::Mishap;

/// What an endpoint was asked, and what went wrong on purpose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Requests that came.
    pub requests: u64,
    /// Those of them with which an SDK asked again.
    pub retries: u64,
    /// Those that went wrong, by the name of the fault; `rates` are those that came too often.
    pub faults: BTreeMap<&'static str, u64>,
}

impl Tally {
    /// How often a fault was met.
    pub fn of(&self, fault: &str) -> u64 {
        self.faults.get(fault).copied().unwrap_or_default()
    }

    /// Both together.
    #[must_use]
    pub fn plus(mut self, other: &Self) -> Self {
        self.requests += other.requests;
        self.retries += other.retries;
        for (name, count) in &other.faults {
            *self.faults.entry(name).or_default() += count;
        }
        self
    }

    pub(in crate::endpoint) fn request(&mut self, is_retry: bool) {
        self.requests += 1;
        self.retries += u64::from(is_retry);
    }

    pub(in crate::endpoint) fn fault(&mut self, name: &'static str) {
        *self.faults.entry(name).or_default() += 1;
    }

    pub(in crate::endpoint) fn mishap(&mut self, mishap: &Mishap) {
        self.fault(mishap.name());
    }
}
