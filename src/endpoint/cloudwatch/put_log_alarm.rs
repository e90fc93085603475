use belfry_engine::alarms::{
    Aggregation, ComparisonOperator, LogAlarm, Schedule, ScheduledQuery, TreatMissingData,
};

use super::alarm::arn;
use super::{action_configuration, alarm_window};
use crate::endpoint::read_tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutLogAlarm`: a Logs Insights query on a schedule against a threshold. Log lines in notifications
/// (`ActionLogLineCount` above 0) are refused by name: their shape is not published.
pub(super) const OPERATION: Operation = Operation {
    name: "PutLogAlarm",
    mutates: true,
    members: &[
        "AlarmName",
        "AlarmDescription",
        "ScheduledQueryConfiguration",
        "ActionLogLineCount",
        "ActionLogLineRoleArn",
        "ActionsEnabled",
        "OKActions",
        "AlarmActions",
        "InsufficientDataActions",
        "QueryResultsToEvaluate",
        "QueryResultsToAlarm",
        "Threshold",
        "ComparisonOperator",
        "TreatMissingData",
        "Tags",
        "WarmUpConfiguration",
        "ActionConfiguration",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    log_lines(input)?;
    let alarm = read(input)?;
    own_groups(cx, input, &alarm)?;
    let tags = read_tags(input, "Tags")?;
    if tags.len() > 50 {
        return Err(input.invalid("The collection Tags must not have a size greater than 50."));
    }
    let arn = arn(&alarm.name, cx.region, cx.account_id);
    let is_new = !cx.account.alarms.log_alarms().contains_key(&alarm.name);
    let changes = cx.account.alarms.put_log(alarm, cx.now)?;
    if is_new {
        cx.account.tags.add(&arn, tags);
    }
    cx.account.run_all_actions(&changes, cx.now);
    Ok(Document::empty())
}

fn log_lines(input: &Input<'_>) -> Result<(), Fault> {
    match input.optional_i64("ActionLogLineCount")? {
        None | Some(0) => Ok(()),
        Some(count @ 1..=50) => Err(input.invalid(format!(
            "ActionLogLineCount {count}: log lines in notifications are not made by this endpoint; give 0"
        ))),
        Some(count) => Err(input.invalid(format!(
            "ActionLogLineCount must be between 0 and 50; it is {count}"
        ))),
    }
}

/// An ARN of another account or region names a group that this endpoint does not have.
fn own_groups(cx: &Context<'_>, input: &Input<'_>, alarm: &LogAlarm) -> Result<(), Fault> {
    let head = format!("arn:aws:logs:{}:{}:log-group:", cx.region, cx.account_id);
    let groups = &alarm.query.log_groups;
    let is_foreign = |group: &&String| group.starts_with("arn:") && !group.starts_with(&head);
    match groups.iter().find(is_foreign) {
        None => Ok(()),
        Some(group) => Err(input.invalid(format!(
            "the log group {group} is not of this account and region; queries across accounts are not run by \
             this endpoint"
        ))),
    }
}

fn read(input: &Input<'_>) -> Result<LogAlarm, Fault> {
    let operator = input.required_str("ComparisonOperator")?;
    let treatment = input.optional_str("TreatMissingData")?;
    Ok(LogAlarm {
        name: input.required_str("AlarmName")?.to_owned(),
        description: input.optional_str("AlarmDescription")?.map(str::to_owned),
        actions_enabled: input.optional_bool("ActionsEnabled")?.unwrap_or(true),
        ok_actions: owned(input, "OKActions")?,
        alarm_actions: owned(input, "AlarmActions")?,
        insufficient_data_actions: owned(input, "InsufficientDataActions")?,
        query: query(input)?,
        query_results_to_evaluate: count(input, "QueryResultsToEvaluate")?,
        query_results_to_alarm: count(input, "QueryResultsToAlarm")?,
        threshold: input.required_f64("Threshold")?,
        comparison_operator: ComparisonOperator::parse(operator)?,
        treat_missing_data: treatment.map(TreatMissingData::parse).transpose()?,
        warm_up: alarm_window::read_warm_up(input)?,
        tags_propagation: action_configuration::read(input)?,
    })
}

fn query(input: &Input<'_>) -> Result<ScheduledQuery, Fault> {
    let name = "ScheduledQueryConfiguration";
    let query = input.structure(name)?.ok_or_else(|| input.missing(name))?;
    query.only(&[
        "QueryString",
        "LogGroupIdentifiers",
        "ScheduledQueryRoleARN",
        "ScheduleConfiguration",
        "AggregationExpression",
        "Tags",
    ])?;
    let name = "ScheduleConfiguration";
    let schedule = query.structure(name)?.ok_or_else(|| query.missing(name))?;
    schedule.only(&["ScheduleExpression", "StartTimeOffset", "EndTimeOffset"])?;
    let role_arn = query.required_str("ScheduledQueryRoleARN")?;
    if !(role_arn.starts_with("arn:") && role_arn.contains(":iam::")) {
        return Err(input.invalid(format!("Invalid arn syntax: {role_arn}")));
    }
    Ok(ScheduledQuery {
        query_string: query.required_str("QueryString")?.to_owned(),
        log_groups: owned(&query, "LogGroupIdentifiers")?,
        role_arn: role_arn.to_owned(),
        schedule: Schedule::read(
            schedule.required_str("ScheduleExpression")?,
            schedule.required_i64("StartTimeOffset")?,
            schedule.optional_i64("EndTimeOffset")?,
        )?,
        aggregation: Aggregation::parse(query.required_str("AggregationExpression")?)?,
        tags: read_tags(&query, "Tags")?.into_iter().collect(),
    })
}

fn owned(input: &Input<'_>, name: &str) -> Result<Vec<String>, Fault> {
    let list = input.strings(name)?;
    Ok(list.into_iter().map(str::to_owned).collect())
}

/// A number below 1 becomes 0, which the rules of log alarms refuse in their words.
fn count(input: &Input<'_>, name: &str) -> Result<usize, Fault> {
    Ok(usize::try_from(input.required_i64(name)?).unwrap_or_default())
}
