use belfry_engine::alarms::AlarmRule;
use serde_json::json;

use super::Attributes;
use crate::provision::{Address, Kind, Place};
use crate::suite::CompositeAlarm;

/// A composite alarm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompositeAlarmResource {
    /// Its name.
    pub name: String,
    /// Description, owner and runbook.
    pub description: String,
    /// As it was written; it names alarms by name.
    pub rule: String,
    /// Name, seconds to wait and seconds of extension.
    pub suppressor: Option<(String, i64, i64)>,
    /// Whether actions run.
    pub actions_enabled: bool,
    /// ARNs.
    pub alarm_actions: Vec<String>,
    /// ARNs.
    pub ok_actions: Vec<String>,
    /// ARNs.
    pub insufficient_data_actions: Vec<String>,
}

impl CompositeAlarmResource {
    pub(crate) fn desired(alarm: &CompositeAlarm, place: &Place) -> Self {
        let arns = |topics: &[String]| topics.iter().map(|t| place.topic_arn(t)).collect();
        let suppressor = alarm.suppressed_by.as_ref();
        Self {
            name: alarm.name.clone(),
            description: alarm.full_description(),
            rule: alarm.rule.text().to_owned(),
            suppressor: suppressor.map(|s| (s.alarm.clone(), s.wait_seconds, s.extension_seconds)),
            actions_enabled: true,
            alarm_actions: arns(&alarm.actions),
            ok_actions: arns(&alarm.ok_actions),
            insufficient_data_actions: arns(&alarm.insufficient_data_actions),
        }
    }

    pub(super) fn address(&self) -> Address {
        Address::new(Kind::CompositeAlarm, &self.name)
    }

    pub(super) fn attributes(&self) -> Attributes {
        let suppressor = self.suppressor.as_ref().map(|(alarm, wait, extension)| {
            json!({ "alarm": alarm, "wait_seconds": wait, "extension_seconds": extension })
        });
        vec![
            ("description", self.description.clone().into()),
            ("rule", self.rule.clone().into()),
            ("suppressed_by", suppressor.into()),
            ("actions_enabled", self.actions_enabled.into()),
            ("actions", json!(self.alarm_actions)),
            ("ok_actions", json!(self.ok_actions)),
            (
                "insufficient_data_actions",
                json!(self.insufficient_data_actions),
            ),
        ]
    }

    /// The topics among the actions, and the alarms it needs: of whichever kind, since a name tells none.
    pub(super) fn references(&self) -> Vec<Address> {
        let actions = self
            .alarm_actions
            .iter()
            .chain(&self.ok_actions)
            .chain(&self.insufficient_data_actions);
        let topics = actions.filter_map(|arn| arn.split(":sns:").nth(1)?.split(':').nth(2));
        let topics = topics.map(|name| Address::new(Kind::Topic, name));
        let rule = AlarmRule::parse(&self.rule);
        let read = rule.iter().flat_map(AlarmRule::alarms);
        let suppressor = self.suppressor.as_ref().map(|(alarm, ..)| alarm.as_str());
        let alarms = read.chain(suppressor).flat_map(|name| {
            let name = name.rsplit(":alarm:").next().unwrap_or(name);
            Kind::ALARMS.map(|kind| Address::new(kind, name))
        });
        topics.chain(alarms).collect()
    }
}
