use belfry_engine::alarms::{EvaluationState, ScheduledQuery, StoredLogAlarm};

use super::alarm::{Head, add};
use super::{action_configuration, alarm_window};
use crate::endpoint::{Context, Document, Members};

/// The `LogAlarm` of DescribeAlarms. What was not set is left out.
pub(super) fn show(cx: &Context<'_>, stored: &StoredLogAlarm) -> Document {
    let mut members = Members::new();
    add(&mut members, head(stored).show(cx));
    add(&mut members, rule(cx, stored));
    Document::Structure(members)
}

fn head(stored: &StoredLogAlarm) -> Head<'_> {
    let alarm = &stored.alarm;
    Head {
        name: &alarm.name,
        description: alarm.description.as_ref(),
        configured: stored.configured,
        actions_enabled: alarm.actions_enabled,
        actions: [
            &alarm.ok_actions,
            &alarm.alarm_actions,
            &alarm.insufficient_data_actions,
        ],
        state: &stored.state,
    }
}

fn rule(cx: &Context<'_>, stored: &StoredLogAlarm) -> Document {
    let alarm = &stored.alarm;
    let treatment = alarm.treat_missing_data.map(|t| t.as_str());
    let evaluation = match stored.in_warm_up {
        true => Some(EvaluationState::InWarmUp),
        false => stored.evaluation,
    };
    Document::structure([
        (
            "ScheduledQueryConfiguration",
            query(cx, &alarm.name, &alarm.query),
        ),
        (
            "QueryResultsToEvaluate",
            alarm.query_results_to_evaluate.into(),
        ),
        ("QueryResultsToAlarm", alarm.query_results_to_alarm.into()),
        ("Threshold", alarm.threshold.into()),
        (
            "ComparisonOperator",
            alarm.comparison_operator.as_str().into(),
        ),
        ("TreatMissingData", treatment.into()),
        (
            "EvaluationState",
            evaluation.map(EvaluationState::as_str).into(),
        ),
        (
            "WarmUpConfiguration",
            alarm_window::show_warm_up(alarm.warm_up),
        ),
        (
            "ActionConfiguration",
            action_configuration::show(alarm.tags_propagation.as_ref()),
        ),
    ])
}

/// `QueryARN` is that of the scheduled query behind the alarm, which bears the alarm's name here; how AWS names
/// it is not said.
fn query(cx: &Context<'_>, name: &str, query: &ScheduledQuery) -> Document {
    let schedule = Document::structure([
        (
            "ScheduleExpression",
            Document::from(&query.schedule.expression),
        ),
        ("StartTimeOffset", query.schedule.start_offset.into()),
        ("EndTimeOffset", query.schedule.end_offset.into()),
    ]);
    let arn = format!(
        "arn:aws:logs:{}:{}:scheduled-query:{name}",
        cx.region, cx.account_id
    );
    Document::structure([
        ("QueryString", Document::from(&query.query_string)),
        ("LogGroupIdentifiers", Document::list(&query.log_groups)),
        ("QueryARN", arn.into()),
        ("ScheduledQueryRoleARN", (&query.role_arn).into()),
        ("ScheduleConfiguration", schedule),
        ("AggregationExpression", query.aggregation.text().into()),
    ])
}
