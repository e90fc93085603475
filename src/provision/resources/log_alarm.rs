use std::collections::BTreeMap;

use serde_json::json;

use super::{AlarmActions, Attributes};
use crate::provision::{Address, Kind, Place};
use crate::suite::LogAlarm;

/// A log alarm.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogAlarmResource {
    /// Its name.
    pub name: String,
    /// Description, owner and runbook.
    pub description: String,
    /// Logs Insights.
    pub query: String,
    /// Names.
    pub log_groups: Vec<String>,
    /// `count(*) by endpoint`.
    pub aggregation: String,
    /// `rate(5 minutes)`.
    pub schedule: String,
    /// Seconds before a run at which its range begins.
    pub start_offset: i64,
    /// Seconds before a run at which its range ends; AWS leaves it out where it is 0.
    pub end_offset: i64,
    /// The ARN of the role that runs the query.
    pub role: String,
    /// N.
    pub results_to_evaluate: i64,
    /// M.
    pub results_to_alarm: i64,
    /// The threshold.
    pub threshold: Option<f64>,
    /// AWS's name.
    pub comparison: String,
    /// AWS leaves it out where it is `missing`.
    pub treat_missing_data: String,
    /// Who is told.
    pub actions: AlarmActions,
    /// Members that no suite sets, by their names in the API: they show up in a plan and an update takes
    /// them away.
    pub other: BTreeMap<String, String>,
}

impl LogAlarmResource {
    pub(crate) fn desired(alarm: &LogAlarm, place: &Place) -> Self {
        let treatment = alarm.treat_missing_data.clone();
        Self {
            name: alarm.head.name.clone(),
            description: alarm.head.full_description(),
            query: alarm.query.clone(),
            log_groups: alarm.log_groups.clone(),
            aggregation: alarm.aggregation.clone(),
            schedule: alarm.schedule.clone(),
            start_offset: alarm.start_offset,
            end_offset: alarm.end_offset,
            role: alarm.role.clone(),
            results_to_evaluate: alarm.results_to_evaluate,
            results_to_alarm: alarm.results_to_alarm,
            threshold: Some(alarm.threshold),
            comparison: alarm.comparison.to_owned(),
            treat_missing_data: treatment.unwrap_or_else(|| "missing".to_owned()),
            actions: AlarmActions::desired(&alarm.head.actions, place),
            other: BTreeMap::new(),
        }
    }

    pub(super) fn address(&self) -> Address {
        Address::new(Kind::LogAlarm, &self.name)
    }

    pub(super) fn attributes(&self) -> Attributes {
        let mut attributes = vec![
            ("description", self.description.clone().into()),
            ("query", self.query.clone().into()),
            ("log_groups", json!(self.log_groups)),
            ("aggregation", self.aggregation.clone().into()),
            ("schedule", self.schedule.clone().into()),
            ("start_offset", self.start_offset.into()),
            ("end_offset", self.end_offset.into()),
            ("role", self.role.clone().into()),
            ("results_to_evaluate", self.results_to_evaluate.into()),
            ("results_to_alarm", self.results_to_alarm.into()),
            ("threshold", self.threshold.into()),
            ("comparison", self.comparison.clone().into()),
            ("treat_missing_data", self.treat_missing_data.clone().into()),
        ];
        attributes.extend(self.actions.attributes());
        if !self.other.is_empty() {
            attributes.push(("other", json!(self.other)));
        }
        attributes
    }

    /// The topics among the actions, and the log groups it asks.
    pub(super) fn references(&self) -> Vec<Address> {
        let groups = self.log_groups.iter();
        let groups = groups.map(|name| Address::new(Kind::LogGroup, name));
        self.actions.topics(None).chain(groups).collect()
    }
}
