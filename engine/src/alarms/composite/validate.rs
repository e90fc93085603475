use super::CompositeAlarm;
use crate::alarms::refusal::{actions, constraint, description, name, refuse};
use crate::alarms::tags_propagation::check_tags;
use crate::metrics::MetricError;

/// What PutCompositeAlarm refuses in the request alone, first mistake first. Texts are in AWS's manner.
pub(super) fn validate(alarm: &CompositeAlarm) -> Result<(), MetricError> {
    name(&alarm.name)?;
    description(alarm.description.as_deref())?;
    actions(
        &alarm.ok_actions,
        &alarm.alarm_actions,
        &alarm.insufficient_data_actions,
    )?;
    action_kinds(alarm)?;
    check_tags(alarm.tags_propagation.as_ref())?;
    suppressor(alarm)
}

/// The API reference takes topics, functions, OpsItems and investigations; no EC2 or Auto Scaling.
fn action_kinds(alarm: &CompositeAlarm) -> Result<(), MetricError> {
    const SERVICES: [&str; 4] = ["sns", "lambda", "ssm", "aiops"];
    let lists = [
        &alarm.ok_actions,
        &alarm.alarm_actions,
        &alarm.insufficient_data_actions,
    ];
    for arn in lists.into_iter().flatten() {
        let service = arn.split(':').nth(2).unwrap_or_default();
        refuse(!SERVICES.contains(&service), || {
            format!("Action {arn} is not supported for composite alarms")
        })?;
    }
    Ok(())
}

fn suppressor(alarm: &CompositeAlarm) -> Result<(), MetricError> {
    let Some(suppressor) = &alarm.suppressor else {
        return Ok(());
    };
    let given = suppressor.alarm.as_str();
    refuse(given.is_empty(), || {
        let least = "have length greater than or equal to 1";
        constraint(given, "actionsSuppressor", least)
    })?;
    refuse(given.chars().count() > 1600, || {
        let most = "have length less than or equal to 1600";
        constraint(given, "actionsSuppressor", most)
    })?;
    for (member, seconds) in [
        ("ActionsSuppressorWaitPeriod", suppressor.wait),
        ("ActionsSuppressorExtensionPeriod", suppressor.extension),
    ] {
        let is_fine = (0..=i64::from(i32::MAX)).contains(&seconds);
        refuse(!is_fine, || {
            format!("{member} must be a number of seconds, 0 or more; it is {seconds}")
        })?;
    }
    Ok(())
}
