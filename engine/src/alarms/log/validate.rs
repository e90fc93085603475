use super::LogAlarm;
use crate::alarms::refusal::{self, constraint, refuse};
use crate::alarms::tags_propagation::check_tags;
use crate::alarms::warm_up;
use crate::insights::compile;
use crate::metrics::MetricError;

const MOST_RESULTS: usize = 100;
const MOST_GROUPS: usize = 50;
const LONGEST_QUERY: usize = 10_000;

/// What PutLogAlarm refuses, first mistake first. Texts without a recording are in AWS's manner.
pub(super) fn validate(alarm: &LogAlarm) -> Result<(), MetricError> {
    RULES.iter().try_for_each(|rule| rule(alarm))
}

type Check = fn(&LogAlarm) -> Result<(), MetricError>;

const RULES: &[Check] = &[
    |alarm| refusal::name(&alarm.name),
    |alarm| refusal::description(alarm.description.as_deref()),
    actions,
    results,
    comparison,
    groups,
    query,
    |alarm| warm_up::validate_minutes(alarm.warm_up),
    |alarm| check_tags(alarm.tags_propagation.as_ref()),
];

/// The API reference takes topics and functions, and OpsItems for ALARM.
fn actions(alarm: &LogAlarm) -> Result<(), MetricError> {
    refusal::actions(
        &alarm.ok_actions,
        &alarm.alarm_actions,
        &alarm.insufficient_data_actions,
    )?;
    for (list, services) in [
        (&alarm.ok_actions, &["sns", "lambda"][..]),
        (&alarm.alarm_actions, &["sns", "lambda", "ssm"]),
        (&alarm.insufficient_data_actions, &["sns", "lambda"]),
    ] {
        for arn in list {
            let service = arn.split(':').nth(2).unwrap_or_default();
            refuse(!services.contains(&service), || {
                format!("Action {arn} is not supported for log alarms")
            })?;
        }
    }
    Ok(())
}

fn results(alarm: &LogAlarm) -> Result<(), MetricError> {
    let (to_evaluate, to_alarm) = (
        alarm.query_results_to_evaluate,
        alarm.query_results_to_alarm,
    );
    refuse(!(1..=MOST_RESULTS).contains(&to_evaluate), || {
        format!("QueryResultsToEvaluate must be between 1 and {MOST_RESULTS}; it is {to_evaluate}")
    })?;
    refuse(!(1..=to_evaluate).contains(&to_alarm), || {
        "QueryResultsToAlarm must be at least 1 and less than or equal to QueryResultsToEvaluate"
            .to_owned()
    })
}

fn comparison(alarm: &LogAlarm) -> Result<(), MetricError> {
    let operator = alarm.comparison_operator;
    refuse(operator.is_band(), || {
        let name = operator.as_str();
        format!("ComparisonOperator {name} is not supported for log alarms")
    })?;
    refuse(!alarm.threshold.is_finite(), || {
        "Threshold must be a finite number".to_owned()
    })
}

fn groups(alarm: &LogAlarm) -> Result<(), MetricError> {
    let count = alarm.query.log_groups.len();
    refuse(!(1..=MOST_GROUPS).contains(&count), || {
        format!(
            "LogGroupIdentifiers must contain between 1 and {MOST_GROUPS} entries; it has {count}"
        )
    })
}

/// A query that Logs Insights refuses is refused when it is put, and so is what this account cannot run on a
/// schedule: other log groups (`SOURCE`, subqueries) and lookup tables.
fn query(alarm: &LogAlarm) -> Result<(), MetricError> {
    let member = "scheduledQueryConfiguration.queryString";
    let text = &alarm.query.query_string;
    refuse(text.is_empty(), || {
        constraint(text, member, "have length greater than or equal to 1")
    })?;
    refuse(text.chars().count() > LONGEST_QUERY, || {
        constraint(text, member, "have length less than or equal to 10000")
    })?;
    let (query, _) = compile(text).map_err(|found| {
        let first = found.first().map(|d| d.message.as_str());
        refusal::invalid(format!(
            "Invalid QueryString: {}",
            first.unwrap_or_default()
        ))
    })?;
    refuse(query.source().is_some(), || {
        "SOURCE in the QueryString is not supported; LogGroupIdentifiers name the log groups"
            .to_owned()
    })?;
    refuse(query.reads_others(), || {
        "a QueryString that reads other log groups or lookup tables (join, subqueries, lookup) is not \
         evaluated by this endpoint"
            .to_owned()
    })
}
