use aws_sdk_cloudwatch::types::CompositeAlarm;

use super::CloudError;
use super::actions::COMPOSITES;
use super::cloud::AwsCloud;
use super::number::to_i32;
use crate::iam::{APPLY, Action, On};
use crate::provision::resources::{AlarmActions, CompositeAlarmResource};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "put_composite_alarm",
        "cloudwatch:PutCompositeAlarm",
        On::Everything(COMPOSITES),
        APPLY,
    ),
    // With tags.
    Action::new(
        "put_composite_alarm",
        "cloudwatch:TagResource",
        On::AlarmsAndDashboards,
        APPLY,
    ),
];

/// A composite alarm as DescribeAlarms shows it. A suppressor given by its ARN is named.
pub(super) fn resource(alarm: &CompositeAlarm) -> CompositeAlarmResource {
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let suppressor = alarm.actions_suppressor().map(|suppressor| {
        let name = suppressor.rsplit(":alarm:").next().unwrap_or(suppressor);
        let seconds = |seconds: Option<i32>| seconds.map_or(0, i64::from);
        (
            name.to_owned(),
            seconds(alarm.actions_suppressor_wait_period()),
            seconds(alarm.actions_suppressor_extension_period()),
        )
    });
    CompositeAlarmResource {
        name: text(alarm.alarm_name()),
        description: text(alarm.alarm_description()),
        rule: text(alarm.alarm_rule()),
        suppressor,
        actions: AlarmActions {
            enabled: alarm.actions_enabled().unwrap_or(true),
            alarm: alarm.alarm_actions().to_vec(),
            ok: alarm.ok_actions().to_vec(),
            insufficient_data: alarm.insufficient_data_actions().to_vec(),
        },
    }
}

impl AwsCloud {
    /// PutCompositeAlarm replaces the whole configuration; it takes tags for a new alarm only.
    pub(super) async fn put_composite_alarm(
        &self,
        alarm: &CompositeAlarmResource,
        is_new: bool,
    ) -> Result<(), CloudError> {
        let request = self
            .session
            .cloudwatch()
            .put_composite_alarm()
            .alarm_name(&alarm.name)
            .alarm_description(&alarm.description)
            .alarm_rule(&alarm.rule)
            .actions_enabled(alarm.actions.enabled)
            .set_alarm_actions(Some(alarm.actions.alarm.clone()))
            .set_ok_actions(Some(alarm.actions.ok.clone()))
            .set_insufficient_data_actions(Some(alarm.actions.insufficient_data.clone()))
            .set_tags(is_new.then(|| vec![self.suite_tag()]));
        let request = match &alarm.suppressor {
            None => request,
            Some((suppressor, wait, extension)) => {
                let number = |number| to_i32("PutCompositeAlarm", &alarm.name, number);
                request
                    .actions_suppressor(suppressor)
                    .actions_suppressor_wait_period(number(*wait)?)
                    .actions_suppressor_extension_period(number(*extension)?)
            }
        };
        request
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("PutCompositeAlarm", &alarm.name, &e))?;
        Ok(())
    }
}
