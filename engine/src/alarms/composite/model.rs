use super::Suppression;
use crate::alarms::{AlarmRule, AlarmState, StateValue, TagsPropagation};
use crate::base::Millis;

/// The configuration of a composite alarm: PutCompositeAlarm's members.
#[derive(Clone, Debug, PartialEq)]
pub struct CompositeAlarm {
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
    /// When it is in ALARM.
    pub rule: AlarmRule,
    /// What holds its actions back.
    pub suppressor: Option<ActionsSuppressor>,
    /// Which tags go with its messages.
    pub tags_propagation: Option<TagsPropagation>,
}

/// An alarm that holds back the actions of a composite alarm while it is in ALARM.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionsSuppressor {
    /// Its name or ARN, as given.
    pub alarm: String,
    /// Seconds that every action waits for the suppressor to go into ALARM.
    pub wait: i64,
    /// Seconds that actions still wait after the suppressor has left ALARM.
    pub extension: i64,
}

/// A composite alarm as the store keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredComposite {
    /// Its configuration.
    pub alarm: CompositeAlarm,
    /// Its state.
    pub state: AlarmState,
    /// When the configuration was last put.
    pub configured: Millis,
    /// The change whose actions are held back, if any.
    pub suppression: Option<Suppression>,
}

/// A child whose change made a composite alarm change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TriggeringChild {
    /// Its ARN.
    pub arn: String,
    /// The state it took.
    pub value: StateValue,
    /// When it took it.
    pub transitioned: Millis,
}
