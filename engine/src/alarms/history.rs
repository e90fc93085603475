use serde_json::{Map, Value, json};

use crate::base::Millis;

use super::reason::json_time;
use super::{
    AlarmMetric, AlarmState, EvaluationWindow, MetricAlarm, StateChange, StoredAlarm,
    StoredComposite,
};

/// An entry of DescribeAlarmHistory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryItem {
    /// Whose.
    pub alarm_name: String,
    /// `MetricAlarm` or `CompositeAlarm`.
    pub alarm_type: &'static str,
    /// When.
    pub timestamp: Millis,
    /// `StateUpdate`, `ConfigurationUpdate` or `Action`.
    pub item_type: &'static str,
    /// One line.
    pub summary: String,
    /// JSON text.
    pub data: String,
}

impl HistoryItem {
    /// A change of state; summary and data as recorded.
    pub(super) fn state_update(change: &StateChange) -> Self {
        let data = json!({
            "version": "1.0",
            "oldState": state(&change.old),
            "newState": state(&change.new),
        });
        let (old, new) = (change.old.value.as_str(), change.new.value.as_str());
        Self {
            alarm_name: change.alarm.name().to_owned(),
            alarm_type: change.alarm.kind(),
            timestamp: change.new.transitioned,
            item_type: "StateUpdate",
            summary: format!("Alarm updated from {old} to {new}"),
            data: data.to_string(),
        }
    }

    /// `Create`, `Update` or `Delete` of a configuration; the member that holds it is named by the user
    /// guide's examples: `createdAlarm`, `updatedAlarm`, `deletedAlarm`.
    pub(super) fn configuration_update(
        kind: ConfigurationUpdate,
        stored: &StoredAlarm,
        now: Millis,
    ) -> Self {
        let shown = configuration(stored);
        Self::configured(kind, &stored.alarm.name, "MetricAlarm", shown, now)
    }

    /// The same for a composite alarm. Its members are not recorded; they are PutCompositeAlarm's, spelt as those
    /// of a metric alarm are.
    pub(super) fn composite_configuration(
        kind: ConfigurationUpdate,
        stored: &StoredComposite,
        now: Millis,
    ) -> Self {
        let shown = composite(stored);
        Self::configured(kind, &stored.alarm.name, "CompositeAlarm", shown, now)
    }

    fn configured(
        kind: ConfigurationUpdate,
        name: &str,
        alarm_type: &'static str,
        configuration: Value,
        now: Millis,
    ) -> Self {
        let (word, past) = kind.words();
        let mut data = Map::new();
        data.insert("version".into(), json!("1.0"));
        data.insert("type".into(), json!(word));
        data.insert(format!("{past}Alarm"), configuration);
        Self {
            alarm_name: name.to_owned(),
            alarm_type,
            timestamp: now,
            item_type: "ConfigurationUpdate",
            summary: format!("Alarm \"{name}\" {past}"),
            data: Value::Object(data).to_string(),
        }
    }

    /// An action that was run.
    pub(super) fn action(
        (alarm, alarm_type): (&str, &'static str),
        action: &str,
        ok: bool,
        now: Millis,
    ) -> Self {
        let (summary, state) = if ok {
            (
                format!("Successfully executed action {action}"),
                "Succeeded",
            )
        } else {
            (format!("Failed to execute action {action}"), "Failed")
        };
        let data = json!({ "actionState": state, "notificationResource": action });
        Self {
            alarm_name: alarm.to_owned(),
            alarm_type,
            timestamp: now,
            item_type: "Action",
            summary,
            data: data.to_string(),
        }
    }
}

/// What happened to a configuration.
#[derive(Clone, Copy, Debug)]
pub(super) enum ConfigurationUpdate {
    Create,
    Update,
    Delete,
}

impl ConfigurationUpdate {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Create => ("Create", "created"),
            Self::Update => ("Update", "updated"),
            Self::Delete => ("Delete", "deleted"),
        }
    }
}

/// A state; its reason data is an object here, not a text.
fn state(state: &AlarmState) -> Value {
    let mut members = Map::new();
    members.insert("stateValue".into(), json!(state.value.as_str()));
    members.insert("stateReason".into(), json!(state.reason));
    if let Some(data) = &state.reason_data {
        let data = serde_json::from_str(data).unwrap_or_else(|_| json!(data));
        members.insert("stateReasonData".into(), data);
    }
    Value::Object(members)
}

fn configuration(stored: &StoredAlarm) -> Value {
    let alarm = &stored.alarm;
    let mut members = metric(alarm);
    let rest = json!({
        "evaluationPeriods": alarm.evaluation_periods,
        "comparisonOperator": alarm.comparison_operator.as_str(),
        "actionsEnabled": alarm.actions_enabled,
        "okactions": alarm.ok_actions,
        "alarmActions": alarm.alarm_actions,
        "insufficientDataActions": alarm.insufficient_data_actions,
        "stateValue": stored.state.value.as_str(),
        "alarmName": alarm.name,
        "alarmConfigurationUpdatedTimestamp": json_time(stored.configured),
        "stateUpdatedTimestamp": json_time(stored.state.updated),
    });
    if let Value::Object(rest) = rest {
        members.extend(rest);
    }
    let mut add = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            members.insert(name.to_owned(), value);
        }
    };
    add("threshold", alarm.threshold.value().map(|t| json!(t)));
    add(
        "thresholdMetricId",
        alarm.threshold.band().map(|id| json!(id)),
    );
    add(
        "alarmDescription",
        alarm.description.as_ref().map(|d| json!(d)),
    );
    add(
        "datapointsToAlarm",
        alarm.datapoints_to_alarm.map(|m| json!(m)),
    );
    let treatment = alarm.treat_missing_data.map(|t| json!(t.as_str()));
    add("treatMissingData", treatment);
    let window = alarm.evaluation_window.as_ref().map(|window| match window {
        EvaluationWindow::Sliding => json!({ "slidingWindow": {} }),
        EvaluationWindow::WallClock { timezone: None, .. } => json!({ "wallClockWindow": {} }),
        EvaluationWindow::WallClock { timezone, .. } => {
            json!({ "wallClockWindow": { "timezone": timezone } })
        }
    });
    add("evaluationWindow", window);
    let warm_up = alarm.warm_up.map(|warm_up| {
        json!({
            "warmUpPeriodDurationInMinutes": warm_up.minutes,
            "onlyStartEvaluatingAfterWarmUpPeriodEnds": warm_up.whole,
        })
    });
    add("warmUpConfiguration", warm_up);
    let low = alarm.evaluate_low_sample_count_percentile.as_ref();
    add("evaluateLowSampleCountPercentile", low.map(|l| json!(l)));
    Value::Object(members)
}

fn composite(stored: &StoredComposite) -> Value {
    let alarm = &stored.alarm;
    let mut shown = json!({
        "alarmRule": alarm.rule.text(),
        "actionsEnabled": alarm.actions_enabled,
        "okactions": alarm.ok_actions,
        "alarmActions": alarm.alarm_actions,
        "insufficientDataActions": alarm.insufficient_data_actions,
        "stateValue": stored.state.value.as_str(),
        "alarmName": alarm.name,
        "alarmConfigurationUpdatedTimestamp": json_time(stored.configured),
        "stateUpdatedTimestamp": json_time(stored.state.updated),
    });
    if let Some(description) = &alarm.description {
        shown["alarmDescription"] = json!(description);
    }
    if let Some(suppressor) = &alarm.suppressor {
        shown["actionsSuppressor"] = json!(suppressor.alarm);
        shown["actionsSuppressorWaitPeriod"] = json!(suppressor.wait);
        shown["actionsSuppressorExtensionPeriod"] = json!(suppressor.extension);
    }
    shown
}

fn metric(alarm: &MetricAlarm) -> Map<String, Value> {
    let mut members = Map::new();
    match &alarm.metric {
        AlarmMetric::Single(stat) => {
            members.insert("namespace".into(), json!(stat.id.namespace.as_ref()));
            members.insert("metricName".into(), json!(stat.id.name.as_ref()));
            let dimensions = stat.id.dimensions.iter();
            let dimensions = dimensions.map(|(name, value)| json!({"name": name, "value": value}));
            members.insert("dimensions".into(), dimensions.collect());
            members.insert("period".into(), json!(stat.period));
            members.insert("statistic".into(), json!(stat.statistic.to_string()));
            if let Some(unit) = stat.unit {
                members.insert("unit".into(), json!(unit.as_str()));
            }
        }
        AlarmMetric::Math(queries) => {
            let ids = queries.iter().map(|query| json!({ "id": query.id }));
            members.insert("metrics".into(), ids.collect());
        }
    }
    members
}
