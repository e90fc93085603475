use belfry_engine::diag::Span;

use super::{alarm, composite, filter, log_alarm, mute_rule};
use crate::suite::{Alarm, CompositeAlarm, LogAlarm, MetricFilter, MuteRule, Suite};

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
    LogAlarm(usize, Box<LogAlarm>),
    Composite(usize, Box<CompositeAlarm>),
    MuteRule(usize, Box<MuteRule>),
    NoMuteRule(usize),
    Filter(usize, Box<MetricFilter>),
    NoFilter(usize),
}

impl Mutant {
    /// The suite with the change.
    pub(super) fn of(&self, suite: &Suite) -> Suite {
        let mut suite = suite.clone();
        match &self.changed {
            Changed::Alarm(number, alarm) => put(&mut suite.alarms, *number, alarm),
            Changed::LogAlarm(number, alarm) => put(&mut suite.log_alarms, *number, alarm),
            Changed::Composite(number, alarm) => put(&mut suite.composite_alarms, *number, alarm),
            Changed::MuteRule(number, rule) => put(&mut suite.mute_rules, *number, rule),
            Changed::NoMuteRule(number) => {
                suite.mute_rules.remove(*number);
            }
            Changed::Filter(number, filter) => put(&mut suite.metric_filters, *number, filter),
            Changed::NoFilter(number) => {
                suite.metric_filters.remove(*number);
            }
        }
        suite
    }
}

fn put<T: Clone>(slots: &mut [T], number: usize, changed: &T) {
    if let Some(slot) = slots.get_mut(number) {
        slot.clone_from(changed);
    }
}

/// Every mutant of `suite`, whose belfry.toml is `source`, in the order of the file.
pub fn mutants(suite: &Suite, source: &str) -> Vec<Mutant> {
    let mut mutants = filter::mutants(suite, source);
    for of_kind in [
        alarm::mutants,
        log_alarm::mutants,
        composite::mutants,
        mute_rule::mutants,
    ] {
        mutants.extend(of_kind(suite, source));
    }
    mutants.sort_by_key(|mutant| mutant.at.start);
    mutants
}
