use aws_sdk_cloudwatch::types::{LogAlarm as SdkLog, ScheduledQueryConfiguration};
use belfry_engine::alarms::{
    Aggregation, ComparisonOperator, LogAlarm, Schedule, ScheduledQuery, TreatMissingData,
};

use super::CloudError;
use super::described_alarms::{OPERATION, moment, reported};
use crate::why::{Described, DescribedAlarm};

/// A log alarm as DescribeAlarms shows it.
pub(super) fn log(name: &str, alarm: &SdkLog) -> Result<DescribedAlarm, CloudError> {
    let wrong = |message: String| CloudError::local(OPERATION, name, message);
    let asked = alarm.scheduled_query_configuration();
    let asked =
        asked.ok_or_else(|| wrong("the answer has no ScheduledQueryConfiguration".to_owned()))?;
    let operator = alarm.comparison_operator().map_or("", |o| o.as_str());
    let treatment = alarm.treat_missing_data().map(TreatMissingData::parse);
    let count = |number: Option<i32>| number.and_then(|n| usize::try_from(n).ok()).unwrap_or(1);
    let configured = LogAlarm {
        name: name.to_owned(),
        description: alarm.alarm_description().map(str::to_owned),
        actions_enabled: alarm.actions_enabled().unwrap_or(true),
        ok_actions: alarm.ok_actions().to_vec(),
        alarm_actions: alarm.alarm_actions().to_vec(),
        insufficient_data_actions: alarm.insufficient_data_actions().to_vec(),
        query: query(asked).map_err(wrong)?,
        query_results_to_evaluate: count(alarm.query_results_to_evaluate()),
        query_results_to_alarm: count(alarm.query_results_to_alarm()),
        threshold: alarm.threshold().unwrap_or_default(),
        comparison_operator: ComparisonOperator::parse(operator).map_err(|e| wrong(e.message))?,
        treat_missing_data: treatment.transpose().map_err(|e| wrong(e.message))?,
        warm_up: None,
        tags_propagation: None,
    };
    let since = [
        alarm.state_transitioned_timestamp(),
        alarm.state_updated_timestamp(),
    ];
    Ok(DescribedAlarm::Log(Box::new(Described {
        alarm: configured,
        configured: moment(alarm.alarm_configuration_updated_timestamp()),
        state: reported(name, alarm.state_value(), alarm.state_reason(), since)?,
        evaluation_state: alarm.evaluation_state().map(|s| s.as_str().to_owned()),
        suppressed: None,
    })))
}

fn query(asked: &ScheduledQueryConfiguration) -> Result<ScheduledQuery, String> {
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let schedule = asked.schedule_configuration();
    let expression = schedule.and_then(|s| s.schedule_expression());
    let start = schedule.and_then(|s| s.start_time_offset());
    let end = schedule.and_then(|s| s.end_time_offset());
    let read = Schedule::read(
        expression.unwrap_or_default(),
        start.unwrap_or_default(),
        end,
    );
    let aggregation = Aggregation::parse(asked.aggregation_expression().unwrap_or_default());
    Ok(ScheduledQuery {
        query_string: text(asked.query_string()),
        log_groups: asked.log_group_identifiers().to_vec(),
        role_arn: text(asked.scheduled_query_role_arn()),
        schedule: read.map_err(|error| error.message)?,
        aggregation: aggregation.map_err(|error| error.message)?,
        tags: Default::default(),
    })
}
