//! Alarms: evaluation, missing data, history.

use std::collections::BTreeMap;

use crate::base::Millis;
use crate::metrics::{MetricDataQuery, MetricError, MetricStat, MetricStore};

/// `OK`, `ALARM`, `INSUFFICIENT_DATA`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateValue {
    /// Within the threshold.
    Ok,
    /// The threshold is crossed.
    Alarm,
    /// Not enough data.
    InsufficientData,
}

/// How the value is compared with the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComparisonOperator {
    /// `GreaterThanThreshold`.
    GreaterThanThreshold,
}

/// What missing data mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TreatMissingData {
    /// `missing`.
    Missing,
}

/// What a metric alarm watches.
#[derive(Clone, Debug, PartialEq)]
pub enum AlarmMetric {
    /// One metric.
    Single(MetricStat),
    /// Metric math; exactly one query returns data. The period is that of its metrics.
    Math(Vec<MetricDataQuery>),
}

/// The configuration of a metric alarm: PutMetricAlarm's members.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricAlarm {
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
    pub metric: AlarmMetric,
    /// N.
    pub evaluation_periods: usize,
    /// M; N where absent.
    pub datapoints_to_alarm: Option<usize>,
    /// The threshold.
    pub threshold: f64,
    /// How to compare.
    pub comparison_operator: ComparisonOperator,
    /// As given: DescribeAlarms leaves it out where it was not set.
    pub treat_missing_data: Option<TreatMissingData>,
    /// `evaluate` or `ignore`, as given.
    pub evaluate_low_sample_count_percentile: Option<String>,
}

/// An alarm's present state.
#[derive(Clone, Debug, PartialEq)]
pub struct AlarmState {
    /// The state.
    pub value: StateValue,
    /// Why, in AWS's words.
    pub reason: String,
    /// `StateReasonData`, JSON text.
    pub reason_data: Option<String>,
    /// When the state or its reason was last written.
    pub updated: Millis,
    /// When the state value last changed.
    pub transitioned: Millis,
}

/// A change of state, for history and notification.
#[derive(Clone, Debug, PartialEq)]
pub struct StateChange {
    /// The alarm as it was configured at that moment.
    pub alarm: MetricAlarm,
    /// Before.
    pub old: AlarmState,
    /// After.
    pub new: AlarmState,
}

/// An alarm as the store keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredAlarm {
    /// Its configuration.
    pub alarm: MetricAlarm,
    /// Its state.
    pub state: AlarmState,
    /// When the configuration was last put.
    pub configured: Millis,
}

/// An entry of DescribeAlarmHistory.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryItem {
    /// Whose.
    pub alarm_name: String,
    /// When.
    pub timestamp: Millis,
    /// `StateUpdate`, `ConfigurationUpdate` or `Action`.
    pub item_type: &'static str,
    /// One line.
    pub summary: String,
    /// JSON text.
    pub data: String,
}

/// All alarms of an account.
#[derive(Debug, Default)]
pub struct AlarmStore {
    alarms: BTreeMap<String, StoredAlarm>,
}

impl AlarmStore {
    /// Creates or replaces an alarm; refuses what PutMetricAlarm refuses.
    pub fn put(&mut self, _alarm: MetricAlarm, _now: Millis) -> Result<(), MetricError> {
        todo!()
    }

    /// All alarms by name.
    pub fn alarms(&self) -> &BTreeMap<String, StoredAlarm> {
        &self.alarms
    }

    /// Removes an alarm; whether it was there. History outlives it.
    pub fn delete(&mut self, _name: &str, _now: Millis) -> bool {
        todo!()
    }

    /// SetAlarmState.
    pub fn set_state(
        &mut self,
        _name: &str,
        _value: StateValue,
        _reason: &str,
        _reason_data: Option<&str>,
        _now: Millis,
    ) -> Result<Option<StateChange>, MetricError> {
        todo!()
    }

    /// Evaluates every alarm that is due at `now` (each minute; every ten seconds where the period is
    /// shorter than a minute) and returns the changes of state.
    pub fn evaluate(&mut self, _metrics: &MetricStore, _now: Millis) -> Vec<StateChange> {
        todo!()
    }

    /// The history, newest first.
    pub fn history(&self) -> Vec<&HistoryItem> {
        todo!()
    }

    /// Notes that an action was run for an alarm.
    pub fn record_action(&mut self, _alarm: &str, _action: &str, _ok: bool, _now: Millis) {
        todo!()
    }
}

/// The SNS subject and message that CloudWatch sends for a change of state.
pub fn notification(_change: &StateChange, _account: &str, _region: &str) -> (String, String) {
    todo!()
}
