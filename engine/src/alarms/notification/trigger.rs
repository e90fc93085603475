use serde_json::{Map, Value, json};

use crate::alarms::{AlarmMetric, MetricAlarm, Threshold};
use crate::metrics::{MetricDataQuery, MetricId, MetricStat, QueryKind, Unit};

/// What a metric alarm watches and how it judges: `Trigger`.
pub(super) fn trigger(alarm: &MetricAlarm) -> Value {
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
