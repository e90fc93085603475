use belfry_engine::base::Millis;
use serde_json::json;

use super::Attributes;
use crate::provision::{Address, Kind};
use crate::suite::MuteRule;

/// A rule that mutes alarms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MuteRuleResource {
    /// Its name.
    pub name: String,
    /// Why.
    pub description: String,
    /// `cron(…)` or `at(…)`.
    pub schedule: String,
    /// ISO 8601.
    pub duration: String,
    /// An IANA name; UTC where AWS has none.
    pub timezone: String,
    /// Names of alarms, in order.
    pub alarms: Vec<String>,
    /// It mutes nothing before.
    pub start: Option<Millis>,
    /// It mutes nothing from then on.
    pub expire: Option<Millis>,
}

impl MuteRuleResource {
    pub(crate) fn desired(rule: &MuteRule) -> Self {
        let mut alarms = rule.alarms.clone();
        alarms.sort();
        Self {
            name: rule.name.clone(),
            description: rule.description.clone(),
            schedule: rule.schedule.clone(),
            duration: rule.duration.clone(),
            timezone: rule.timezone.clone(),
            alarms,
            start: rule.start,
            expire: rule.expire,
        }
    }

    pub(super) fn address(&self) -> Address {
        Address::new(Kind::MuteRule, &self.name)
    }

    pub(super) fn attributes(&self) -> Attributes {
        let moment = |moment: Option<Millis>| moment.map(Millis::to_rfc3339).into();
        vec![
            ("description", self.description.clone().into()),
            ("schedule", self.schedule.clone().into()),
            ("duration", self.duration.clone().into()),
            ("timezone", self.timezone.clone().into()),
            ("alarms", json!(self.alarms)),
            ("start", moment(self.start)),
            ("expire", moment(self.expire)),
        ]
    }

    /// The alarms it mutes, of whichever kind: a name tells none.
    pub(super) fn references(&self) -> Vec<Address> {
        let alarms = self.alarms.iter();
        let alarms = alarms.flat_map(|name| Kind::ALARMS.map(|kind| Address::new(kind, name)));
        alarms.collect()
    }
}
