use belfry_engine::diag::Span;

use super::{alarm, filter};
use crate::suite::{Alarm, MetricFilter, Suite};

/// A suite with one thing changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Mutant {
    /// `alarm fraud-5xx: threshold 11`.
    pub name: String,
    /// Where in belfry.toml the change would be made.
    pub at: Span,
    /// Where belfry.toml names what is changed.
    pub subject_at: Span,
    /// What it would be: `` `threshold` 11 instead of 10 ``.
    pub change: String,
    pub(super) changed: Changed,
}

/// What is changed: the resource with this number, and what stands in its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Changed {
    Alarm(usize, Box<Alarm>),
    Filter(usize, Box<MetricFilter>),
    NoFilter(usize),
}

impl Mutant {
    /// The suite with the change.
    pub(super) fn of(&self, suite: &Suite) -> Suite {
        let mut suite = suite.clone();
        match &self.changed {
            Changed::Alarm(number, alarm) => {
                if let Some(slot) = suite.alarms.get_mut(*number) {
                    slot.clone_from(alarm);
                }
            }
            Changed::Filter(number, filter) => {
                if let Some(slot) = suite.metric_filters.get_mut(*number) {
                    slot.clone_from(filter);
                }
            }
            Changed::NoFilter(number) => {
                suite.metric_filters.remove(*number);
            }
        }
        suite
    }
}

/// Every mutant of `suite`, whose belfry.toml is `source`, in the order of the file.
pub fn mutants(suite: &Suite, source: &str) -> Vec<Mutant> {
    let mut mutants = filter::mutants(suite, source);
    mutants.extend(alarm::mutants(suite, source));
    mutants.sort_by_key(|mutant| mutant.at.start);
    mutants
}
