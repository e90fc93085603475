use serde_json::{Map, Value, json};

use crate::alarms::{AlarmMetric, Band, Evaluation, MetricAlarm, Point};
use crate::base::Millis;
use crate::metrics::Datapoint;

/// Timestamps of the API's JSON texts: `2019-10-02T17:04:40.985+0000`.
pub(in crate::alarms) fn json_time(at: Millis) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3f+0000")
}

/// `StateReasonData`: the JSON text beside the reason, members in the order of the recordings. An alarm on a
/// band shows its limits instead of the threshold.
pub fn reason_data(alarm: &MetricAlarm, evaluation: &Evaluation, now: Millis) -> String {
    let judged: Vec<Datapoint> = evaluation.judged().map(|(point, _)| point).collect();
    let mut data = Map::new();
    data.insert("version".into(), json!("1.0"));
    data.insert("queryDate".into(), json!(json_time(now)));
    if let Some(oldest) = judged.last() {
        data.insert("startDate".into(), json!(json_time(oldest.timestamp)));
    }
    if let AlarmMetric::Single(stat) = &alarm.metric {
        if let Some(unit) = stat.unit {
            data.insert("unit".into(), json!(unit.as_str()));
        }
        data.insert("statistic".into(), json!(stat.statistic.to_string()));
    }
    data.insert("period".into(), json!(alarm.period()));
    let recent: Vec<f64> = judged.iter().rev().map(|p| p.value).collect();
    data.insert("recentDatapoints".into(), json!(recent));
    if let Some(threshold) = evaluation.rule.threshold {
        data.insert("threshold".into(), json!(threshold));
    } else {
        data.insert(
            "recentLowerThresholds".into(),
            limits(evaluation, |b| b.lower),
        );
        data.insert(
            "recentUpperThresholds".into(),
            limits(evaluation, |b| b.upper),
        );
    }
    let evaluated: Vec<Value> = evaluation.looked_at().map(evaluated_point).collect();
    data.insert("evaluatedDatapoints".into(), Value::Array(evaluated));
    Value::Object(data).to_string()
}

/// The limits beside `recentDatapoints`, oldest first.
fn limits(evaluation: &Evaluation, limit: fn(&Band) -> f64) -> Value {
    let judged = evaluation.datapoints.iter();
    let judged = judged.filter(|e| evaluation.rule.is_breaching(&e.point).is_some());
    let bands = judged.filter_map(|e| e.point.band);
    bands.map(|band| limit(&band)).collect()
}

fn evaluated_point(point: &Point) -> Value {
    let timestamp = json_time(point.start);
    match point.datapoint {
        Some(datapoint) => json!({
            "timestamp": timestamp,
            "sampleCount": datapoint.sample_count,
            "value": datapoint.value,
        }),
        None => json!({ "timestamp": timestamp }),
    }
}
