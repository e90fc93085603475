use serde_json::{Map, Value, json};

use crate::base::Millis;

use super::configuration::{composite_alarm, log_alarm, metric_alarm};
use crate::alarms::{
    AlarmState, Contributor, StateChange, StoredAlarm, StoredComposite, StoredLogAlarm,
};

/// An entry of DescribeAlarmHistory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryItem {
    /// Whose.
    pub alarm_name: String,
    /// `MetricAlarm`, `CompositeAlarm` or `LogAlarm`.
    pub alarm_type: &'static str,
    /// Of which contributor it tells.
    pub contributor: Option<Contributor>,
    /// When.
    pub timestamp: Millis,
    /// `StateUpdate`, `ConfigurationUpdate` or `Action`; `AlarmContributorStateUpdate` or
    /// `AlarmContributorAction` of a contributor.
    pub item_type: &'static str,
    /// One line.
    pub summary: String,
    /// JSON text.
    pub data: String,
}

impl HistoryItem {
    /// A change of state; summary and data as recorded.
    pub(in crate::alarms) fn state_update(change: &StateChange) -> Self {
        let data = json!({
            "version": "1.0",
            "oldState": state(&change.old),
            "newState": state(&change.new),
        });
        let (old, new) = (change.old.value.as_str(), change.new.value.as_str());
        let contributor = change.contributor().cloned();
        let (item_type, whose) = match &contributor {
            None => ("StateUpdate", "Alarm"),
            Some(_) => ("AlarmContributorStateUpdate", "Alarm contributor"),
        };
        Self {
            alarm_name: change.alarm.name().to_owned(),
            alarm_type: change.alarm.kind(),
            contributor,
            timestamp: change.new.transitioned,
            item_type,
            summary: format!("{whose} updated from {old} to {new}"),
            data: data.to_string(),
        }
    }

    /// `Create`, `Update` or `Delete` of a configuration; the member that holds it is named by the user
    /// guide's examples: `createdAlarm`, `updatedAlarm`, `deletedAlarm`.
    pub(in crate::alarms) fn configuration_update(
        kind: ConfigurationUpdate,
        stored: &StoredAlarm,
        now: Millis,
    ) -> Self {
        let shown = metric_alarm(stored);
        Self::configured(kind, &stored.alarm.name, "MetricAlarm", shown, now)
    }

    /// The same for a composite alarm. Its members are not recorded; they are PutCompositeAlarm's, spelt as those
    /// of a metric alarm are.
    pub(in crate::alarms) fn composite_configuration(
        kind: ConfigurationUpdate,
        stored: &StoredComposite,
        now: Millis,
    ) -> Self {
        let shown = composite_alarm(stored);
        Self::configured(kind, &stored.alarm.name, "CompositeAlarm", shown, now)
    }

    /// The same for a log alarm.
    pub(in crate::alarms) fn log_configuration(
        kind: ConfigurationUpdate,
        stored: &StoredLogAlarm,
        now: Millis,
    ) -> Self {
        let shown = log_alarm(stored);
        Self::configured(kind, &stored.alarm.name, "LogAlarm", shown, now)
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
            contributor: None,
            timestamp: now,
            item_type: "ConfigurationUpdate",
            summary: format!("Alarm \"{name}\" {past}"),
            data: Value::Object(data).to_string(),
        }
    }

    /// An action that was run.
    pub(in crate::alarms) fn action(
        change: &StateChange,
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
            alarm_name: change.alarm.name().to_owned(),
            alarm_type: change.alarm.kind(),
            item_type: match change.contributor() {
                None => "Action",
                Some(_) => "AlarmContributorAction",
            },
            contributor: change.contributor().cloned(),
            timestamp: now,
            summary,
            data: data.to_string(),
        }
    }
}

/// What happened to a configuration.
#[derive(Clone, Copy, Debug)]
pub(in crate::alarms) enum ConfigurationUpdate {
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
