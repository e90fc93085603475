use aws_sdk_cloudwatch::types::{
    ComparisonOperator, LogAlarm, ScheduleConfiguration, ScheduledQueryConfiguration,
};

use super::CloudError;
use super::cloud::AwsCloud;
use super::number::to_i32;
use crate::iam::{APPLY, Action, On};
use crate::provision::resources::{AlarmActions, LogAlarmResource};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new("put_log_alarm", "cloudwatch:PutLogAlarm", On::Alarms, APPLY),
    // With tags.
    Action::new(
        "put_log_alarm",
        "cloudwatch:TagResource",
        On::AlarmsAndDashboards,
        APPLY,
    ),
    // CloudWatch runs the query in a role that the caller gives it.
    Action::new("put_log_alarm", "iam:PassRole", On::QueryRoles, APPLY),
];

/// A log alarm as DescribeAlarms shows it. What AWS leaves out at its default is filled in, and a log group that is named
/// by its ARN is called by its name.
pub(super) fn resource(alarm: &LogAlarm) -> LogAlarmResource {
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let asked = alarm.scheduled_query_configuration();
    let schedule = asked.and_then(ScheduledQueryConfiguration::schedule_configuration);
    let of_query =
        |read: fn(&ScheduledQueryConfiguration) -> Option<&str>| text(asked.and_then(read));
    let groups = asked.map(ScheduledQueryConfiguration::log_group_identifiers);
    let groups = groups.unwrap_or_default().iter();
    LogAlarmResource {
        name: text(alarm.alarm_name()),
        description: text(alarm.alarm_description()),
        query: of_query(ScheduledQueryConfiguration::query_string),
        log_groups: groups.map(|group| group_name(group)).collect(),
        aggregation: of_query(ScheduledQueryConfiguration::aggregation_expression),
        schedule: text(schedule.and_then(ScheduleConfiguration::schedule_expression)),
        start_offset: schedule
            .and_then(ScheduleConfiguration::start_time_offset)
            .unwrap_or_default(),
        end_offset: schedule
            .and_then(ScheduleConfiguration::end_time_offset)
            .unwrap_or_default(),
        role: of_query(ScheduledQueryConfiguration::scheduled_query_role_arn),
        results_to_evaluate: alarm.query_results_to_evaluate().map_or(0, i64::from),
        results_to_alarm: alarm.query_results_to_alarm().map_or(0, i64::from),
        threshold: alarm.threshold(),
        comparison: text(alarm.comparison_operator().map(ComparisonOperator::as_str)),
        treat_missing_data: alarm.treat_missing_data().unwrap_or("missing").to_owned(),
        actions: AlarmActions {
            enabled: alarm.actions_enabled().unwrap_or(true),
            alarm: alarm.alarm_actions().to_vec(),
            ok: alarm.ok_actions().to_vec(),
            insufficient_data: alarm.insufficient_data_actions().to_vec(),
        },
        other: other(alarm).collect(),
    }
}

fn group_name(identifier: &str) -> String {
    let name = identifier.split_once(":log-group:").map(|(_, name)| name);
    let name = name.map(|name| name.strip_suffix(":*").unwrap_or(name));
    name.unwrap_or(identifier).to_owned()
}

/// Members that a suite never sets.
fn other(alarm: &LogAlarm) -> impl Iterator<Item = (String, String)> {
    let lines = alarm.action_log_line_count().filter(|count| *count > 0);
    let members = [
        ("ActionLogLineCount", lines.map(|count| count.to_string())),
        (
            "ActionLogLineRoleArn",
            alarm.action_log_line_role_arn().map(str::to_owned),
        ),
        (
            "WarmUpConfiguration",
            alarm.warm_up_configuration().map(|c| format!("{c:?}")),
        ),
        (
            "ActionConfiguration",
            alarm.action_configuration().map(|c| format!("{c:?}")),
        ),
    ];
    let members = members.into_iter();
    members.filter_map(|(name, value)| Some((name.to_owned(), value?)))
}

impl AwsCloud {
    /// PutLogAlarm replaces the whole configuration; it takes tags for a new alarm only.
    pub(super) async fn put_log_alarm(
        &self,
        alarm: &LogAlarmResource,
        is_new: bool,
    ) -> Result<(), CloudError> {
        let number = |number| to_i32("PutLogAlarm", &alarm.name, number);
        let schedule = ScheduleConfiguration::builder()
            .schedule_expression(&alarm.schedule)
            .start_time_offset(alarm.start_offset)
            .end_time_offset(alarm.end_offset)
            .build();
        let asked = ScheduledQueryConfiguration::builder()
            .query_string(&alarm.query)
            .set_log_group_identifiers(Some(alarm.log_groups.clone()))
            .scheduled_query_role_arn(&alarm.role)
            .schedule_configuration(schedule)
            .aggregation_expression(&alarm.aggregation)
            .build();
        self.session
            .cloudwatch()
            .put_log_alarm()
            .alarm_name(&alarm.name)
            .alarm_description(&alarm.description)
            .scheduled_query_configuration(asked)
            .query_results_to_evaluate(number(alarm.results_to_evaluate)?)
            .query_results_to_alarm(number(alarm.results_to_alarm)?)
            .set_threshold(alarm.threshold)
            .comparison_operator(ComparisonOperator::from(alarm.comparison.as_str()))
            .treat_missing_data(&alarm.treat_missing_data)
            .actions_enabled(alarm.actions.enabled)
            .set_alarm_actions(Some(alarm.actions.alarm.clone()))
            .set_ok_actions(Some(alarm.actions.ok.clone()))
            .set_insufficient_data_actions(Some(alarm.actions.insufficient_data.clone()))
            .set_tags(is_new.then(|| vec![self.suite_tag()]))
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("PutLogAlarm", &alarm.name, &e))?;
        Ok(())
    }
}
