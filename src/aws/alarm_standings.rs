use aws_sdk_cloudwatch::types::{AlarmType, StateValue};

use super::actions::COMPOSITES;
use super::{CloudError, Session};
use crate::iam::{Action, On, WATCH};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[Action::new(
    "describe_alarms",
    "cloudwatch:DescribeAlarms",
    On::Everything(COMPOSITES),
    WATCH,
)];

/// How one alarm stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmStanding {
    /// The alarm.
    pub name: String,
    /// `OK`, `ALARM` or `INSUFFICIENT_DATA`.
    pub state: String,
    /// CloudWatch's reason for it.
    pub reason: String,
}

impl Session {
    /// How all alarms of the account and region stand (DescribeAlarms).
    pub async fn alarm_standings(&self) -> Result<Vec<AlarmStanding>, CloudError> {
        let request = self.cloudwatch().describe_alarms();
        // Without types DescribeAlarms shows metric alarms only.
        let request = request
            .alarm_types(AlarmType::MetricAlarm)
            .alarm_types(AlarmType::LogAlarm)
            .alarm_types(AlarmType::CompositeAlarm);
        let mut pages = request.into_paginator().send();
        let mut standings = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.map_err(|e| CloudError::from_sdk("DescribeAlarms", "alarms", &e))?;
            standings.extend(page.metric_alarms().iter().filter_map(|alarm| {
                standing(
                    alarm.alarm_name(),
                    alarm.state_value(),
                    alarm.state_reason(),
                )
            }));
            standings.extend(page.log_alarms().iter().filter_map(|alarm| {
                standing(
                    alarm.alarm_name(),
                    alarm.state_value(),
                    alarm.state_reason(),
                )
            }));
            standings.extend(page.composite_alarms().iter().filter_map(|alarm| {
                standing(
                    alarm.alarm_name(),
                    alarm.state_value(),
                    alarm.state_reason(),
                )
            }));
        }
        Ok(standings)
    }
}

fn standing(
    name: Option<&str>,
    state: Option<&StateValue>,
    reason: Option<&str>,
) -> Option<AlarmStanding> {
    Some(AlarmStanding {
        name: name?.to_owned(),
        state: state?.as_str().to_owned(),
        reason: reason.unwrap_or_default().to_owned(),
    })
}
