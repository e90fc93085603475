use serde_json::{Map, Value, json};

use crate::alarms::reason::json_time;
use crate::alarms::{
    AlarmMetric, EvaluationWindow, MetricAlarm, StoredAlarm, StoredComposite, StoredLogAlarm,
    TagsPropagation, WarmUp,
};

pub(super) fn metric_alarm(stored: &StoredAlarm) -> Value {
    let alarm = &stored.alarm;
    let mut members = metric(alarm);
    let rest = json!({
        "evaluationPeriods": alarm.evaluation_periods,
        "comparisonOperator": alarm.comparison_operator.as_str(),
        "actionsEnabled": alarm.actions_enabled,
        "okactions": alarm.ok_actions,
        "alarmActions": alarm.alarm_actions,
        "insufficientDataActions": alarm.insufficient_data_actions,
        "stateValue": stored.state.value.as_str(),
        "alarmName": alarm.name,
        "alarmConfigurationUpdatedTimestamp": json_time(stored.configured),
        "stateUpdatedTimestamp": json_time(stored.state.updated),
    });
    if let Value::Object(rest) = rest {
        members.extend(rest);
    }
    let mut add = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            members.insert(name.to_owned(), value);
        }
    };
    add("threshold", alarm.threshold.value().map(|t| json!(t)));
    add(
        "thresholdMetricId",
        alarm.threshold.band().map(|id| json!(id)),
    );
    add(
        "alarmDescription",
        alarm.description.as_ref().map(|d| json!(d)),
    );
    add(
        "datapointsToAlarm",
        alarm.datapoints_to_alarm.map(|m| json!(m)),
    );
    let treatment = alarm.treat_missing_data.map(|t| json!(t.as_str()));
    add("treatMissingData", treatment);
    let window = alarm.evaluation_window.as_ref().map(|window| match window {
        EvaluationWindow::Sliding => json!({ "slidingWindow": {} }),
        EvaluationWindow::WallClock { timezone: None, .. } => json!({ "wallClockWindow": {} }),
        EvaluationWindow::WallClock { timezone, .. } => {
            json!({ "wallClockWindow": { "timezone": timezone } })
        }
    });
    add("evaluationWindow", window);
    add("warmUpConfiguration", alarm.warm_up.map(warm_up));
    let actions = alarm.tags_propagation.as_ref();
    add("actionConfiguration", actions.map(action_configuration));
    let low = alarm.evaluate_low_sample_count_percentile.as_ref();
    add("evaluateLowSampleCountPercentile", low.map(|l| json!(l)));
    Value::Object(members)
}

pub(super) fn composite_alarm(stored: &StoredComposite) -> Value {
    let alarm = &stored.alarm;
    let mut shown = json!({
        "alarmRule": alarm.rule.text(),
        "actionsEnabled": alarm.actions_enabled,
        "okactions": alarm.ok_actions,
        "alarmActions": alarm.alarm_actions,
        "insufficientDataActions": alarm.insufficient_data_actions,
        "stateValue": stored.state.value.as_str(),
        "alarmName": alarm.name,
        "alarmConfigurationUpdatedTimestamp": json_time(stored.configured),
        "stateUpdatedTimestamp": json_time(stored.state.updated),
    });
    if let Some(description) = &alarm.description {
        shown["alarmDescription"] = json!(description);
    }
    if let Some(suppressor) = &alarm.suppressor {
        shown["actionsSuppressor"] = json!(suppressor.alarm);
        shown["actionsSuppressorWaitPeriod"] = json!(suppressor.wait);
        shown["actionsSuppressorExtensionPeriod"] = json!(suppressor.extension);
    }
    if let Some(propagation) = &alarm.tags_propagation {
        shown["actionConfiguration"] = action_configuration(propagation);
    }
    shown
}

/// A log alarm. Its members are not recorded; they are PutLogAlarm's, spelt as those of a metric alarm are.
pub(super) fn log_alarm(stored: &StoredLogAlarm) -> Value {
    let alarm = &stored.alarm;
    let query = &alarm.query;
    let mut shown = json!({
        "scheduledQueryConfiguration": {
            "queryString": query.query_string,
            "logGroupIdentifiers": query.log_groups,
            "scheduledQueryRoleARN": query.role_arn,
            "scheduleConfiguration": {
                "scheduleExpression": query.schedule.expression,
                "startTimeOffset": query.schedule.start_offset,
                "endTimeOffset": query.schedule.end_offset.unwrap_or_default(),
            },
            "aggregationExpression": query.aggregation.text(),
        },
        "queryResultsToEvaluate": alarm.query_results_to_evaluate,
        "queryResultsToAlarm": alarm.query_results_to_alarm,
        "threshold": alarm.threshold,
        "comparisonOperator": alarm.comparison_operator.as_str(),
        "actionsEnabled": alarm.actions_enabled,
        "okactions": alarm.ok_actions,
        "alarmActions": alarm.alarm_actions,
        "insufficientDataActions": alarm.insufficient_data_actions,
        "stateValue": stored.state.value.as_str(),
        "alarmName": alarm.name,
        "alarmConfigurationUpdatedTimestamp": json_time(stored.configured),
        "stateUpdatedTimestamp": json_time(stored.state.updated),
    });
    if let Some(description) = &alarm.description {
        shown["alarmDescription"] = json!(description);
    }
    if let Some(treatment) = alarm.treat_missing_data {
        shown["treatMissingData"] = json!(treatment.as_str());
    }
    if let Some(given) = alarm.warm_up {
        shown["warmUpConfiguration"] = warm_up(given);
    }
    if let Some(propagation) = &alarm.tags_propagation {
        shown["actionConfiguration"] = action_configuration(propagation);
    }
    shown
}

fn warm_up(warm_up: WarmUp) -> Value {
    json!({
        "warmUpPeriodDurationInMinutes": warm_up.minutes,
        "onlyStartEvaluatingAfterWarmUpPeriodEnds": warm_up.whole,
    })
}

fn action_configuration(propagation: &TagsPropagation) -> Value {
    let mut shown = json!({ "enabled": propagation.enabled });
    for (member, keys) in [
        ("includedTagKeys", &propagation.included),
        ("excludedTagKeys", &propagation.excluded),
    ] {
        if !keys.is_empty() {
            shown[member] = json!(keys);
        }
    }
    json!({ "alarmTagsPropagation": shown })
}

fn metric(alarm: &MetricAlarm) -> Map<String, Value> {
    let mut members = Map::new();
    match &alarm.metric {
        AlarmMetric::Single(stat) => {
            members.insert("namespace".into(), json!(stat.id.namespace.as_ref()));
            members.insert("metricName".into(), json!(stat.id.name.as_ref()));
            let dimensions = stat.id.dimensions.iter();
            let dimensions = dimensions.map(|(name, value)| json!({"name": name, "value": value}));
            members.insert("dimensions".into(), dimensions.collect());
            members.insert("period".into(), json!(stat.period));
            members.insert("statistic".into(), json!(stat.statistic.to_string()));
            if let Some(unit) = stat.unit {
                members.insert("unit".into(), json!(unit.as_str()));
            }
        }
        AlarmMetric::Math(queries) => {
            let ids = queries.iter().map(|query| json!({ "id": query.id }));
            members.insert("metrics".into(), ids.collect());
        }
    }
    members
}
