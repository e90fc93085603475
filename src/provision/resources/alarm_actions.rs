use serde_json::{Value, json};

use crate::provision::{Address, Kind, Place};
use crate::suite;

/// What an alarm of any kind does when its state changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlarmActions {
    /// Whether actions run.
    pub enabled: bool,
    /// ARNs, for ALARM.
    pub alarm: Vec<String>,
    /// ARNs, for OK.
    pub ok: Vec<String>,
    /// ARNs, for INSUFFICIENT_DATA.
    pub insufficient_data: Vec<String>,
}

impl AlarmActions {
    pub(super) fn desired(actions: &suite::AlarmActions, place: &Place) -> Self {
        let arns = |topics: &[String]| topics.iter().map(|t| place.topic_arn(t)).collect();
        Self {
            enabled: true,
            alarm: arns(&actions.alarm),
            ok: arns(&actions.ok),
            insufficient_data: arns(&actions.insufficient_data),
        }
    }

    /// The list of each state, by its key in belfry.toml.
    pub(in crate::provision) fn lists(&self) -> [(&'static str, &Vec<String>); 3] {
        [
            ("actions", &self.alarm),
            ("ok_actions", &self.ok),
            ("insufficient_data_actions", &self.insufficient_data),
        ]
    }

    pub(super) fn attributes(&self) -> impl Iterator<Item = (&'static str, Value)> {
        let lists = self.lists().map(|(key, list)| (key, json!(list)));
        [("actions_enabled", self.enabled.into())]
            .into_iter()
            .chain(lists)
    }

    /// The topics among the actions, in the region of the alarm; other actions have no address.
    pub(super) fn topics(&self, region: Option<&str>) -> impl Iterator<Item = Address> {
        let actions = self.lists().into_iter().flat_map(|(_, list)| list);
        let names = actions.filter_map(|arn| arn.split(":sns:").nth(1)?.split(':').nth(2));
        names.map(move |name| Address::regional(Kind::Topic, name, region))
    }
}
