use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{DIMENSION_SETS, Measurements, NAMESPACE, Record, SERVICE};

/// One line without its line feed: the record's members, then (where something was measured) the
/// dimension `Service`, the metrics' values and `_aws`, the embedded metric format of the page
/// "Specification: Embedded metric format" of CloudWatch Logs.
pub fn to_line(record: &Record, measurements: &Measurements) -> String {
    let line = Line {
        record,
        metrics: emf(record, measurements),
    };
    // No map with keys other than text and no number that is not finite: this cannot fail.
    serde_json::to_string(&line).unwrap_or_default()
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    record: &'a Record,
    #[serde(flatten)]
    metrics: Map<String, Value>,
}

fn emf(record: &Record, measurements: &Measurements) -> Map<String, Value> {
    let mut root = Map::new();
    if measurements.is_empty() {
        return root;
    }
    root.insert("Service".to_owned(), SERVICE.into());
    let mut definitions = Vec::new();
    for (metric, value) in measurements.iter() {
        root.insert(metric.name.to_owned(), json!(value));
        definitions.push(json!({"Name": metric.name, "Unit": metric.unit}));
    }
    let directive = json!({
        "Namespace": NAMESPACE,
        "Dimensions": DIMENSION_SETS,
        "Metrics": definitions,
    });
    let aws = json!({
        "Timestamp": record.timestamp.as_millisecond(),
        "CloudWatchMetrics": [directive],
    });
    root.insert("_aws".to_owned(), aws);
    root
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{FIELDS, Level, METRICS, REQUEST_COUNT, REQUEST_LATENCY};

    fn record() -> Record {
        let at = "2026-04-20T10:00:00.007Z".parse().unwrap();
        Record::new(at, Level::Info, "scored a transaction")
    }

    #[test]
    fn the_metrics_follow_the_record_in_the_same_line() {
        let measurements = Measurements::default()
            .with(&REQUEST_COUNT, 1)
            .with(&REQUEST_LATENCY, 0.412);
        assert_eq!(
            to_line(&record(), &measurements),
            concat!(
                r#"{"timestamp":"2026-04-20T10:00:00.007Z","level":"INFO","message":"scored a transaction","#,
                r#""Service":"fraud-detection-service","RequestCount":1,"RequestLatency":0.412,"#,
                r#""_aws":{"Timestamp":1776679200007,"CloudWatchMetrics":[{"Namespace":"FraudDetection","#,
                r#""Dimensions":[["Service"]],"Metrics":[{"Name":"RequestCount","Unit":"Count"},"#,
                r#"{"Name":"RequestLatency","Unit":"Milliseconds"}]}]}}"#
            )
        );
    }

    #[test]
    fn a_line_without_measurements_is_a_plain_record() {
        let line = to_line(&record(), &Measurements::default());
        assert!(
            line.ends_with(r#""message":"scored a transaction"}"#),
            "{line}"
        );
    }

    #[test]
    fn no_metric_has_the_name_of_a_field_or_of_the_dimension() {
        for metric in METRICS {
            assert!(metric.name != "Service");
            assert!(FIELDS.iter().all(|field| field.name != metric.name));
        }
    }

    #[test]
    fn a_line_feed_in_a_message_stays_inside_the_line() {
        let record = Record::new(jiff::Timestamp::UNIX_EPOCH, Level::Info, "a\nb\u{2028}");
        assert!(!to_line(&record, &Measurements::default()).contains('\n'));
    }
}
