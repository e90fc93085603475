//! Alarms over a metric store, as time passes.

use serde_json::{Value, json};

use crate::base::Millis;
use crate::metrics::{DatumValues, MetricDataQuery, MetricDatum, MetricStore, QueryKind, Unit};

use super::cases::alarm;
use super::*;

const TOPIC: &str = "arn:aws:sns:us-east-1:000000000000:fraud-detection-alerts";

pub(super) const SENDER: Sender<'_> = Sender {
    account: "000000000000",
    region: "us-east-1",
    tags: &std::collections::BTreeMap::new(),
    after_mute_window: false,
};

/// 2026-02-05T10:00:00Z.
const START: Millis = Millis(1_770_285_600_000);

fn minute(number: i64) -> Millis {
    START.plus(number * 60_000)
}

fn error_count() -> MetricAlarm {
    let mut alarm = alarm(&json!({
        "Namespace": "FraudDetection", "MetricName": "ErrorCount", "Statistic": "Sum",
        "Period": 300, "EvaluationPeriods": 1, "DatapointsToAlarm": 1, "Threshold": 10.0,
        "TreatMissingData": "notBreaching",
    }));
    alarm.alarm_actions = vec![TOPIC.to_owned()];
    alarm
}

fn put(store: &mut MetricStore, at: Millis, value: f64) {
    let AlarmMetric::Single(stat) = error_count().metric else {
        unreachable!()
    };
    let datum = MetricDatum {
        id: stat.id,
        values: DatumValues::Distribution(vec![(value, 1.0)]),
        unit: Unit::Count,
        timestamp: at,
        high_resolution: false,
    };
    store.put(&datum, at).unwrap();
}

/// Ten quiet minutes, three with six errors each, then quiet again; evaluated at each full minute.
fn incident() -> (AlarmStore, Vec<(i64, StateChange)>) {
    let mut metrics = MetricStore::default();
    let mut alarms = AlarmStore::default();
    alarms.put(error_count(), START).unwrap();
    let mut changes = Vec::new();
    for number in 0..25 {
        let errors = if (10..13).contains(&number) { 6.0 } else { 0.0 };
        put(&mut metrics, minute(number).plus(30_000), errors);
        let now = minute(number + 1);
        changes.extend(
            alarms
                .evaluate(&metrics, now)
                .into_iter()
                .map(|change| (number + 1, change)),
        );
    }
    (alarms, changes)
}

#[test]
fn an_incident_raises_the_alarm_and_its_end_clears_it() {
    let (_, changes) = incident();
    let lines: Vec<_> = changes
        .iter()
        .map(|(minute, c)| format!("{minute} {} {}", c.new.value.as_str(), c.new.reason))
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    1 OK Threshold Crossed: 1 out of the last 1 datapoints [0.0 (05/02/26 09:56:00)] was not greater than the threshold (10.0) (minimum 1 datapoint for ALARM -> OK transition).
    12 ALARM Threshold Crossed: 1 out of the last 1 datapoints [12.0 (05/02/26 10:07:00)] was greater than the threshold (10.0) (minimum 1 datapoint for OK -> ALARM transition).
    17 OK Threshold Crossed: 1 out of the last 1 datapoints [6.0 (05/02/26 10:12:00)] was not greater than the threshold (10.0) (minimum 1 datapoint for ALARM -> OK transition).
    ");
}

#[test]
fn the_message_has_the_recorded_members() {
    let (_, changes) = incident();
    let (subject, message) = notification(&changes[1].1, &SENDER);
    assert_eq!(subject, "ALARM: \"alarm\" in US East (N. Virginia)");
    let message: Value = serde_json::from_str(&message).unwrap();
    insta::assert_snapshot!(format!("{message:#}"), @r#"
    {
      "AlarmName": "alarm",
      "AlarmDescription": null,
      "AWSAccountId": "000000000000",
      "AlarmConfigurationUpdatedTimestamp": "2026-02-05T10:00:00.000+0000",
      "ActionExecutedAfterMuteWindow": false,
      "NewStateValue": "ALARM",
      "NewStateReason": "Threshold Crossed: 1 out of the last 1 datapoints [12.0 (05/02/26 10:07:00)] was greater than the threshold (10.0) (minimum 1 datapoint for OK -> ALARM transition).",
      "StateChangeTime": "2026-02-05T10:12:00.000+0000",
      "Region": "US East (N. Virginia)",
      "AlarmArn": "arn:aws:cloudwatch:us-east-1:000000000000:alarm:alarm",
      "OldStateValue": "OK",
      "OKActions": [],
      "AlarmActions": [
        "arn:aws:sns:us-east-1:000000000000:fraud-detection-alerts"
      ],
      "InsufficientDataActions": [],
      "Trigger": {
        "MetricName": "ErrorCount",
        "Namespace": "FraudDetection",
        "StatisticType": "Statistic",
        "Statistic": "SUM",
        "Unit": null,
        "Dimensions": [],
        "Period": 300,
        "EvaluationPeriods": 1,
        "DatapointsToAlarm": 1,
        "ComparisonOperator": "GreaterThanThreshold",
        "Threshold": 10.0,
        "TreatMissingData": "notBreaching",
        "EvaluateLowSampleCountPercentile": ""
      }
    }
    "#);
}

#[test]
fn reason_data_lists_the_evaluated_points() {
    let (alarms, changes) = incident();
    let data = changes[1].1.new.reason_data.as_deref().unwrap();
    assert_eq!(
        data,
        "{\"version\":\"1.0\",\"queryDate\":\"2026-02-05T10:12:00.000+0000\",\
         \"startDate\":\"2026-02-05T10:07:00.000+0000\",\"statistic\":\"Sum\",\"period\":300,\
         \"recentDatapoints\":[12.0],\"threshold\":10.0,\"evaluatedDatapoints\":[{\
         \"timestamp\":\"2026-02-05T10:07:00.000+0000\",\"sampleCount\":5.0,\"value\":12.0}]}"
    );
    let newest = &alarms.history()[0];
    assert_eq!(newest.summary, "Alarm updated from ALARM to OK");
    let data: Value = serde_json::from_str(&newest.data).unwrap();
    assert_eq!(data["newState"]["stateReasonData"]["version"], "1.0");
}

#[test]
fn a_state_set_by_hand_lasts_until_the_next_evaluation() {
    let mut metrics = MetricStore::default();
    let mut alarms = AlarmStore::default();
    alarms.put(error_count(), START).unwrap();
    put(&mut metrics, minute(-1), 0.0);
    assert_eq!(alarms.evaluate(&metrics, START).len(), 1);
    let set = alarms.set_state("alarm", StateValue::Alarm, "by hand", None, START);
    assert_eq!(set.unwrap()[0].actions(), [TOPIC]);
    assert_eq!(alarms.evaluate(&metrics, START.plus(59_999)), []);
    let back = alarms.evaluate(&metrics, minute(1));
    assert_eq!(back[0].new.value, StateValue::Ok);
}

#[test]
fn what_is_not_evaluated_is_refused_by_name() {
    let mut alarms = AlarmStore::default();
    let mut math = error_count();
    let expression = |text: &str| {
        AlarmMetric::Math(vec![MetricDataQuery {
            id: "e1".to_owned(),
            kind: QueryKind::Expression {
                text: text.to_owned(),
                period: Some(60),
            },
            label: None,
            return_data: true,
        }])
    };
    for (text, names) in [
        ("SEARCH('x', 'Sum', 60)", "SEARCH"),
        ("ANOMALY_DETECTION_BAND(m1)", "ANOMALY_DETECTION_BAND"),
        ("SELECT AVG(x) FROM", "expected a namespace"),
    ] {
        math.metric = expression(text);
        let error = alarms.put(math.clone(), START).unwrap_err();
        assert!(error.message.contains(names), "{}", error.message);
    }
    let mut band = error_count();
    band.comparison_operator = ComparisonOperator::GreaterThanUpperThreshold;
    let error = alarms.put(band, START).unwrap_err();
    assert!(error.message.contains("GreaterThanUpperThreshold"));
}

#[test]
fn limits_of_put_metric_alarm_are_kept() {
    type Spoil = fn(&mut MetricAlarm);
    let table: [(Spoil, &str); 6] = [
        (|a| a.name = String::new(), "'alarmName' failed"),
        (
            |a| a.alarm_actions = vec!["sns".to_owned()],
            "Invalid arn syntax: sns",
        ),
        (|a| a.evaluation_periods = 289, "across more than a day"),
        (|a| a.datapoints_to_alarm = Some(2), "DatapointsToAlarm"),
        (|a| a.evaluation_periods = 0, "'evaluationPeriods' failed"),
        (|a| a.threshold = Threshold::Value(f64::NAN), "Threshold"),
    ];
    for (spoil, text) in table {
        let mut alarm = error_count();
        spoil(&mut alarm);
        let error = AlarmStore::default().put(alarm, START).unwrap_err();
        assert!(error.message.contains(text), "{}", error.message);
    }
}
