use std::collections::{BTreeMap, VecDeque};

use super::{Aggregation, QueryRun, Schedule};
use crate::alarms::{
    AlarmState, ComparisonOperator, Contributors, EvaluationState, Rule, TagsPropagation,
    TreatMissingData, WarmUp,
};
use crate::base::Millis;

/// The configuration of a log alarm: PutLogAlarm's members.
#[derive(Clone, Debug, PartialEq)]
pub struct LogAlarm {
    /// 1 to 255 characters.
    pub name: String,
    /// Up to 1,024 characters.
    pub description: Option<String>,
    /// Whether actions run.
    pub actions_enabled: bool,
    /// ARNs.
    pub ok_actions: Vec<String>,
    /// ARNs.
    pub alarm_actions: Vec<String>,
    /// ARNs.
    pub insufficient_data_actions: Vec<String>,
    /// What it watches.
    pub query: ScheduledQuery,
    /// N.
    pub query_results_to_evaluate: usize,
    /// M.
    pub query_results_to_alarm: usize,
    /// The threshold.
    pub threshold: f64,
    /// How to compare; no operator of bands.
    pub comparison_operator: ComparisonOperator,
    /// As given.
    pub treat_missing_data: Option<TreatMissingData>,
    /// How long it is not evaluated after its creation.
    pub warm_up: Option<WarmUp>,
    /// Which tags go with its messages.
    pub tags_propagation: Option<TagsPropagation>,
}

/// `ScheduledQueryConfiguration`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduledQuery {
    /// Ordinary Logs Insights, up to 10,000 characters.
    pub query_string: String,
    /// Names or ARNs, 1 to 50.
    pub log_groups: Vec<String>,
    /// The role that runs it; it is kept and not used here.
    pub role_arn: String,
    /// When it runs, and over which time.
    pub schedule: Schedule,
    /// How its rows become values.
    pub aggregation: Aggregation,
    /// Tags of the scheduled query.
    pub tags: BTreeMap<String, String>,
}

/// A log alarm as the store keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredLogAlarm {
    /// Its configuration.
    pub alarm: LogAlarm,
    /// Its state.
    pub state: AlarmState,
    /// When the configuration was last put.
    pub configured: Millis,
    /// When it was first put.
    pub created: Millis,
    /// Whether it is not evaluated yet.
    pub in_warm_up: bool,
    /// What stands beside the state.
    pub evaluation: Option<EvaluationState>,
    /// With `by`: the groups in ALARM.
    pub contributors: Contributors,
    /// The newest runs, oldest first; as many as are evaluated.
    pub runs: VecDeque<QueryRun>,
    /// When its query runs next.
    pub(super) next_run: Millis,
    /// Whether a run has come in since the last evaluation.
    pub(super) is_due: bool,
}

impl LogAlarm {
    /// What decides about its runs. `ignore` is worded for log alarms as evaluating only what is there.
    pub(super) fn rule(&self) -> Rule {
        Rule {
            operator: self.comparison_operator,
            threshold: Some(self.threshold),
            evaluation_periods: self.query_results_to_evaluate,
            datapoints_to_alarm: Some(self.query_results_to_alarm),
            treatment: self.treat_missing_data.unwrap_or(TreatMissingData::Missing),
            minimum_samples: None,
        }
    }
}
