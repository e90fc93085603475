use belfry_engine::alarms::{HistoryItem, StateValue};
use belfry_engine::base::Millis;
use serde_json::Value;

/// Something that an alarm did, as its history tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening {
    /// When.
    pub at: Millis,
    /// Which alarm.
    pub alarm: String,
    /// What.
    pub what: What,
}

/// What an alarm did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Its state changed.
    State {
        /// Before.
        from: StateValue,
        /// After.
        to: StateValue,
        /// Why, in AWS's words.
        reason: String,
    },
    /// An action ran.
    Action {
        /// Its ARN.
        arn: String,
        /// Whether there was such a topic to publish to.
        succeeded: bool,
    },
}

impl Happening {
    /// Reads an item of DescribeAlarmHistory; changes of the configuration are none of its kinds.
    pub(super) fn of(item: &HistoryItem) -> Option<Self> {
        let data: Value = serde_json::from_str(&item.data).ok()?;
        let what = match item.item_type {
            "StateUpdate" => What::State {
                from: state(&data["oldState"])?,
                to: state(&data["newState"])?,
                reason: text(&data["newState"]["stateReason"])?,
            },
            "Action" | "AlarmContributorAction" => What::Action {
                arn: text(&data["notificationResource"])?,
                succeeded: data["actionState"] == "Succeeded",
            },
            _ => return None,
        };
        Some(Self {
            at: item.timestamp,
            alarm: item.alarm_name.clone(),
            what,
        })
    }
}

fn state(value: &Value) -> Option<StateValue> {
    StateValue::parse(value["stateValue"].as_str()?).ok()
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
