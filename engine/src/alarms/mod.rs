//! Alarms: evaluation, missing data, reasons, history, notification.
//!
//! In come alarm configurations and, through the metric store, datapoints; out come changes of state with
//! AWS's reason texts, the history, and the message that CloudWatch sends to SNS. Metric alarms over one
//! metric or metric math and composite alarms are evaluated; every other kind is refused by name
//! ([`AlarmStore::put`]).
//!
//! What an evaluation saw and why its state follows is one value: [`Evaluation`] (a series: each datapoint with
//! its [`Part`], the [`Because`] that decided), inside an [`AlarmEvaluation`]. [`AlarmStore::explain`] gives it
//! for any moment; [`AlarmStore::evaluate`] decides by the same value. Every change of state since
//! [`AlarmStore::keep_timeline`] is in [`AlarmStore::timeline`].
//!
//! To add a rule of PutMetricAlarm, add an entry to the table in `validate`; to add a member of the
//! message, see `notification`. Nothing here reads a clock: `now` is always passed.

mod alarm;
mod alarm_evaluation;
mod band;
mod change;
mod choices;
mod composite;
mod contributor;
mod evaluation;
mod evaluation_state;
mod evaluation_window;
mod follow;
mod history;
mod log;
mod model;
mod mute;
mod notification;
mod number;
mod operator;
mod reason;
mod refusal;
mod region;
mod rule;
mod state;
mod store;
mod tags_propagation;
mod threshold;
mod timeline;
mod validate;
mod warm_up;
mod window;

pub use alarm::Alarm;
pub use alarm_evaluation::AlarmEvaluation;
pub use change::{ChangeOf, StateChange};
pub use choices::EXTRA_PERIODS;
pub use composite::{
    ActionsSuppressor, CompositeAlarm, StoredComposite, SuppressedBy, Suppression, TriggeringChild,
};
pub use contributor::{
    Contributor, ContributorChange, ContributorEvaluation, Contributors, PromQlAlarm,
    PromQlCriteria, SeriesSummary,
};
pub use evaluation::{Band, Because, EvaluatedPoint, Evaluation, Part, Point, Rule, evaluate};
pub use evaluation_state::EvaluationState;
pub use evaluation_window::EvaluationWindow;
use history::ConfigurationUpdate;
pub use history::HistoryItem;
pub use log::{
    Aggregation, DueRun, LogAlarm, QueryRun, RunOutcome, Schedule, ScheduledQuery, StoredLogAlarm,
};
pub use model::{AlarmMetric, MetricAlarm, StoredAlarm};
pub use mute::{MuteRule, MuteRuleStatus, MuteSchedule};
pub use notification::{Sender, notification};
pub use operator::{ComparisonOperator, TreatMissingData};
pub use reason::{Wording, reason, reason_data};
pub use region::region_name;
pub use rule::{AlarmRule, Amount, RuleExpression};
pub use state::{AlarmState, StateValue};
pub use store::AlarmStore;
pub use tags_propagation::TagsPropagation;
pub use threshold::Threshold;
pub use warm_up::WarmUp;
pub use window::{evaluation_grid, evaluation_slot};

#[cfg(test)]
mod cases;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod series_tests;
