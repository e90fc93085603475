use belfry_engine::alarms::AlarmRule;
use serde_json::json;

use super::{AlarmActions, Attributes};
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
    /// Who is told.
    pub actions: AlarmActions,
}

impl CompositeAlarmResource {
    pub(crate) fn desired(alarm: &CompositeAlarm, place: &Place) -> Self {
        let suppressor = alarm.suppressed_by.as_ref();
        Self {
            name: alarm.head.name.clone(),
            description: alarm.head.full_description(),
            rule: alarm.rule.text().to_owned(),
            suppressor: suppressor.map(|s| (s.alarm.clone(), s.wait_seconds, s.extension_seconds)),
            actions: AlarmActions::desired(&alarm.head.actions, place),
        }
    }

    pub(super) fn address(&self) -> Address {
        Address::new(Kind::CompositeAlarm, &self.name)
    }

    pub(super) fn attributes(&self) -> Attributes {
        let suppressor = self.suppressor.as_ref().map(|(alarm, wait, extension)| {
            json!({ "alarm": alarm, "wait_seconds": wait, "extension_seconds": extension })
        });
        let mut attributes = vec![
            ("description", self.description.clone().into()),
            ("rule", self.rule.clone().into()),
            ("suppressed_by", suppressor.into()),
        ];
        attributes.extend(self.actions.attributes());
        attributes
    }

    /// The topics among the actions, and the alarms it needs: of whichever kind, since a name tells none.
    pub(super) fn references(&self) -> Vec<Address> {
        let rule = AlarmRule::parse(&self.rule);
        let read = rule.iter().flat_map(AlarmRule::alarms);
        let suppressor = self.suppressor.as_ref().map(|(alarm, ..)| alarm.as_str());
        let alarms = read.chain(suppressor).flat_map(|name| {
            let name = name.rsplit(":alarm:").next().unwrap_or(name);
            Kind::ALARMS.map(|kind| Address::new(kind, name))
        });
        self.actions.topics(None).chain(alarms).collect()
    }
}
