use serde_json::{Map, Value, json};

use crate::metrics::{MetricDataQuery, MetricId, MetricStat, QueryKind, Unit};

use super::reason::json_time;
use super::{Alarm, AlarmMetric, CompositeAlarm, MetricAlarm, StateChange, Threshold, region_name};

/// SNS's own limit for a subject.
const SUBJECT_CHARACTERS: usize = 100;

/// The SNS subject and message that CloudWatch sends for a change of state. Members stand in the order of
/// the documented schema; their set is that of messages recorded in February 2026 (metric alarms) and in
/// 2021 and 2022 (composite alarms).
pub fn notification(change: &StateChange, account: &str, region: &str) -> (String, String) {
    let message = match &change.alarm {
        Alarm::Metric(alarm) => metric(change, alarm, account, region),
        Alarm::Composite(alarm) => composite(change, alarm, account, region),
    };
    (subject(change, region), message.to_string())
}

fn metric(change: &StateChange, alarm: &MetricAlarm, account: &str, region: &str) -> Value {
    json!({
        "AlarmName": alarm.name,
        "AlarmDescription": alarm.description,
        "AWSAccountId": account,
        "AlarmConfigurationUpdatedTimestamp": json_time(change.configured),
        "ActionExecutedAfterMuteWindow": false,
        "NewStateValue": change.new.value.as_str(),
        "NewStateReason": change.new.reason,
        "StateChangeTime": json_time(change.new.transitioned),
        "Region": region_name(region),
        "AlarmArn": format!("arn:aws:cloudwatch:{region}:{account}:alarm:{}", alarm.name),
        "OldStateValue": change.old.value.as_str(),
        "OKActions": alarm.ok_actions,
        "AlarmActions": alarm.alarm_actions,
        "InsufficientDataActions": alarm.insufficient_data_actions,
        "Trigger": trigger(alarm),
    })
}

/// A state set by hand has no triggering children; the list stands there all the same (recorded).
fn composite(change: &StateChange, alarm: &CompositeAlarm, account: &str, region: &str) -> Value {
    let children: Vec<_> = change
        .triggering_children
        .iter()
        .map(|child| {
            let timestamp = json_time(child.transitioned);
            json!({
                "Arn": child.arn,
                "State": { "Value": child.value.as_str(), "Timestamp": timestamp },
            })
        })
        .collect();
    json!({
        "AlarmName": alarm.name,
        "AlarmDescription": alarm.description,
        "AWSAccountId": account,
        "NewStateValue": change.new.value.as_str(),
        "NewStateReason": change.new.reason,
        "StateChangeTime": json_time(change.new.transitioned),
        "Region": region_name(region),
        "AlarmArn": format!("arn:aws:cloudwatch:{region}:{account}:alarm:{}", alarm.name),
        "OKActions": alarm.ok_actions,
        "AlarmActions": alarm.alarm_actions,
        "InsufficientDataActions": alarm.insufficient_data_actions,
        "OldStateValue": change.old.value.as_str(),
        "AlarmRule": alarm.rule.text(),
        "TriggeringChildren": children,
    })
}

/// `ALARM: "NAME" in US East (N. Virginia)`, at most 100 characters: a long name loses its end.
fn subject(change: &StateChange, region: &str) -> String {
    let head = format!("{}: \"", change.new.value.as_str());
    let tail = format!("\" in {}", region_name(region));
    let name = change.alarm.name();
    let room = SUBJECT_CHARACTERS.saturating_sub(head.chars().count() + tail.chars().count());
    if name.chars().count() <= room {
        return format!("{head}{name}{tail}");
    }
    let kept: String = name.chars().take(room.saturating_sub(3)).collect();
    format!("{head}{kept}...{tail}")
}

fn trigger(alarm: &MetricAlarm) -> Value {
    let mut trigger = match &alarm.metric {
        AlarmMetric::Single(stat) => single(stat),
        AlarmMetric::Math(queries) => {
            let metrics: Vec<_> = queries.iter().map(query).collect();
            Map::from_iter([("Metrics".to_owned(), Value::Array(metrics))])
        }
    };
    let mut add = |name: &str, value: Value| trigger.insert(name.to_owned(), value);
    add("Period", json!(alarm.period()));
    add("EvaluationPeriods", json!(alarm.evaluation_periods));
    if let Some(datapoints) = alarm.datapoints_to_alarm {
        add("DatapointsToAlarm", json!(datapoints));
    }
    let operator = alarm.comparison_operator.as_str();
    add("ComparisonOperator", json!(operator));
    match &alarm.threshold {
        Threshold::Value(value) => add("Threshold", json!(value)),
        Threshold::Band(id) => add("ThresholdMetricId", json!(id)),
    };
    let treatment = alarm.treat_missing_data.map_or("", |t| t.as_str());
    add("TreatMissingData", json!(treatment));
    let low = alarm.evaluate_low_sample_count_percentile.as_deref();
    let low = low.unwrap_or_default();
    add("EvaluateLowSampleCountPercentile", json!(low));
    Value::Object(trigger)
}

fn single(stat: &MetricStat) -> Map<String, Value> {
    let name = stat.statistic.to_string();
    let mut members = Map::new();
    members.insert("MetricName".into(), json!(stat.id.name.as_ref()));
    members.insert("Namespace".into(), json!(stat.id.namespace.as_ref()));
    match plain_statistic(&name) {
        Some(upper) => {
            members.insert("StatisticType".into(), json!("Statistic"));
            members.insert("Statistic".into(), json!(upper));
        }
        None => {
            members.insert("StatisticType".into(), json!("ExtendedStatistic"));
            members.insert("ExtendedStatistic".into(), json!(name));
        }
    }
    members.insert("Unit".into(), json!(stat.unit.map(Unit::as_str)));
    members.insert("Dimensions".into(), dimensions(&stat.id));
    members
}

/// Messages write the five plain statistics in capitals.
fn plain_statistic(name: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 5] = [
        ("Average", "AVERAGE"),
        ("Sum", "SUM"),
        ("Minimum", "MINIMUM"),
        ("Maximum", "MAXIMUM"),
        ("SampleCount", "SAMPLE_COUNT"),
    ];
    NAMES.iter().find(|(n, _)| *n == name).map(|(_, u)| *u)
}

/// Value before name, as in the documented schema.
fn dimensions(id: &MetricId) -> Value {
    id.dimensions
        .iter()
        .map(|(name, value)| json!({ "value": value, "name": name }))
        .collect()
}

fn query(query: &MetricDataQuery) -> Value {
    let mut members = Map::new();
    members.insert("Id".into(), json!(query.id));
    match &query.kind {
        QueryKind::Expression { text, .. } => {
            members.insert("Expression".into(), json!(text));
        }
        QueryKind::Metric(stat) => {
            let metric = json!({
                "Dimensions": dimensions(&stat.id),
                "MetricName": stat.id.name.as_ref(),
                "Namespace": stat.id.namespace.as_ref(),
            });
            let stat = json!({
                "Metric": metric,
                "Period": stat.period,
                "Stat": stat.statistic.to_string(),
            });
            members.insert("MetricStat".into(), stat);
        }
    }
    if let Some(label) = &query.label {
        members.insert("Label".into(), json!(label));
    }
    members.insert("ReturnData".into(), json!(query.return_data));
    Value::Object(members)
}
