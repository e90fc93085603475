use belfry_engine::alarms::{CompositeAlarm, LogAlarm, MetricAlarm, StateValue};
use belfry_engine::base::Millis;

use super::Reported;

/// An alarm as the service describes it.
#[derive(Clone, Debug)]
pub enum DescribedAlarm {
    /// A metric alarm that the engine evaluates.
    Metric(Box<Described<MetricAlarm>>),
    /// A log alarm.
    Log(Box<Described<LogAlarm>>),
    /// A composite alarm.
    Composite(Box<Described<CompositeAlarm>>),
    /// An alarm that the engine does not evaluate.
    Unsupported {
        /// What it is and why it is not evaluated.
        reason: String,
    },
}

/// A configuration and how the service says it stands.
#[derive(Clone, Debug)]
pub struct Described<A> {
    /// The configuration.
    pub alarm: A,
    /// When it was last put.
    pub configured: Millis,
    /// The present state.
    pub state: ReportedState,
    /// `IN_WARM_UP`, `PARTIAL_DATA` …, where the service says one.
    pub evaluation_state: Option<String>,
    /// What holds the actions of a composite alarm back, and the service's reason.
    pub suppressed: Option<(String, String)>,
}

/// A state that the service reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedState {
    /// The state.
    pub value: StateValue,
    /// The service's reason for it.
    pub reason: String,
    /// Since when the alarm has this value.
    pub since: Millis,
}

impl ReportedState {
    /// As an explanation shows it.
    pub fn shown(&self) -> Reported {
        Reported {
            state: self.value.as_str(),
            since: self.since.to_rfc3339(),
            reason: self.reason.clone(),
        }
    }
}
