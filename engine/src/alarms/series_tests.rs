//! Metrics Insights alarms and alarms on bands, over a metric store.

use std::sync::Arc;

use serde_json::json;

use super::cases::alarm;
use super::replay::SENDER;
use super::*;
use crate::base::Millis;
use crate::metrics::{
    DatumValues, Dimensions, MetricDataQuery, MetricDatum, MetricId, MetricStore, QueryKind, Unit,
};

const START: Millis = Millis(1_770_285_600_000);
const TOPIC: &str = "arn:aws:sns:us-east-1:000000000000:alerts";
const OPS_ITEM: &str = "arn:aws:ssm:us-east-1:000000000000:opsitem:1";

fn minute(number: i64) -> Millis {
    START.plus(number * 60_000)
}

fn put(metrics: &mut MetricStore, host: &str, value: f64, at: Millis) {
    let datum = MetricDatum {
        id: MetricId {
            namespace: Arc::from("App"),
            name: Arc::from("Latency"),
            dimensions: Dimensions::from([("Host".to_owned(), host.to_owned())]),
        },
        values: DatumValues::Distribution(vec![(value, 1.0)]),
        unit: Unit::None,
        timestamp: at,
        high_resolution: false,
    };
    metrics.put(&datum, at).unwrap();
}

fn expression(id: &str, text: &str) -> MetricDataQuery {
    MetricDataQuery {
        id: id.to_owned(),
        kind: QueryKind::Expression {
            text: text.to_owned(),
            period: Some(60),
        },
        label: None,
        return_data: true,
    }
}

fn by_host(treatment: &str) -> MetricAlarm {
    let mut alarm = alarm(&json!({
        "EvaluationPeriods": 1, "DatapointsToAlarm": 1, "Threshold": 10.0, "TreatMissingData": treatment,
    }));
    let query = "SELECT MAX(Latency) FROM SCHEMA(App, Host) GROUP BY Host";
    alarm.metric = AlarmMetric::Math(vec![expression("q1", query)]);
    alarm.alarm_actions = vec![TOPIC.to_owned(), OPS_ITEM.to_owned()];
    alarm
}

/// The changes of each minute: `a` breaches from the first, `b` from the second to the third, then all is silent.
fn incident(treatment: &str) -> Vec<String> {
    let mut metrics = MetricStore::default();
    let mut alarms = AlarmStore::default();
    alarms.put(by_host(treatment), START).unwrap();
    let mut lines = Vec::new();
    for number in 0..8 {
        if number < 4 {
            put(&mut metrics, "a", 20.0, minute(number));
            let b = if number == 1 { 20.0 } else { 0.0 };
            put(&mut metrics, "b", b, minute(number));
        }
        for change in alarms.evaluate(&metrics, minute(number + 1)) {
            let who = change.contributor().map(|c| c.attributes["Host"].clone());
            let (state, reason) = (change.new.value.as_str(), &change.new.reason);
            lines.push(format!(
                "{number} {} {state} {} {reason}",
                who.unwrap_or_default(),
                change.actions().len()
            ));
        }
    }
    lines
}

#[test]
fn each_group_of_a_metrics_insights_query_is_a_contributor() {
    insta::assert_snapshot!(incident("missing").join("\n"), @"
    0 a ALARM 1 Threshold Crossed: 1 datapoint was greater than the threshold (10.0). The most recent datapoint which crossed the threshold: [20.0 (05/02/26 10:00:00)].
    0  ALARM 1 1 out of 2 time series evaluated to ALARM
    1 b ALARM 1 Threshold Crossed: 1 datapoint was greater than the threshold (10.0). The most recent datapoint which crossed the threshold: [20.0 (05/02/26 10:01:00)].
    2 b OK 0 Threshold Crossed: 1 datapoint was not greater than the threshold (10.0). The most recent datapoint which did not cross the threshold: [0.0 (05/02/26 10:02:00)].
    6 a OK 0 No data was returned for this contributor
    6  INSUFFICIENT_DATA 0 Insufficient Data: 1 datapoint was unknown.
    ");
}

#[test]
fn a_query_that_returns_nothing_leaves_the_alarm_to_the_treatment_of_missing_data() {
    let last = |treatment| incident(treatment).pop().unwrap();
    assert!(last("missing").contains("INSUFFICIENT_DATA"));
    assert!(last("ignore").starts_with("2 b OK"), "{}", last("ignore"));
    assert!(last("notBreaching").contains(" OK "));
}

#[test]
fn a_contributor_tells_who_it_is() {
    let mut metrics = MetricStore::default();
    let mut alarms = AlarmStore::default();
    alarms.put(by_host("missing"), START).unwrap();
    put(&mut metrics, "a", 20.0, minute(0));
    let changes = alarms.evaluate(&metrics, minute(1));
    assert_eq!(changes[0].actions(), [TOPIC]);
    assert_eq!(changes[1].actions(), [OPS_ITEM]);
    let (_, message) = notification(&changes[0], &SENDER);
    let message: serde_json::Value = serde_json::from_str(&message).unwrap();
    assert_eq!(message["AlarmContributorAttributes"], json!({"Host": "a"}));
    assert_eq!(message["AlarmContributorId"].as_str().unwrap().len(), 16);
    assert_eq!(message["NewStateValue"], "ALARM");
    let items: Vec<_> = alarms.history().iter().map(|i| i.item_type).collect();
    assert_eq!(
        items,
        [
            "StateUpdate",
            "AlarmContributorStateUpdate",
            "ConfigurationUpdate"
        ]
    );
    assert_eq!(
        alarms.timeline().len(),
        0,
        "a timeline is kept where it is asked for"
    );
}

#[test]
fn metrics_insights_alarms_reach_back_three_hours() {
    let mut alarm = by_host("missing");
    alarm.evaluation_periods = 181;
    let refused = AlarmStore::default().put(alarm, START).unwrap_err();
    assert!(refused.message.contains("3 hours"), "{}", refused.message);
}

fn on_band() -> MetricAlarm {
    let mut alarm = alarm(&json!({
        "ThresholdMetricId": "ad1", "ComparisonOperator": "GreaterThanUpperThreshold",
    }));
    let AlarmMetric::Single(stat) = alarm.metric.clone() else {
        unreachable!()
    };
    let metric = MetricDataQuery {
        kind: QueryKind::Metric(stat),
        ..expression("m1", "")
    };
    let band = expression("ad1", "ANOMALY_DETECTION_BAND(m1, 2)");
    alarm.metric = AlarmMetric::Math(vec![metric, band]);
    alarm
}

#[test]
fn an_alarm_on_a_band_is_kept_and_says_that_it_is_not_evaluated() {
    let mut alarms = AlarmStore::default();
    alarms.put(on_band(), START).unwrap();
    assert!(alarms.evaluate(&MetricStore::default(), START).is_empty());
    let state = &alarms.alarms()["alarm"].state;
    assert_eq!(state.value, StateValue::InsufficientData);
    assert!(state.reason.contains("model"), "{}", state.reason);
    alarms
        .set_state("alarm", StateValue::Alarm, "by hand", None, START)
        .unwrap();
    let back = alarms.evaluate(&MetricStore::default(), minute(1));
    assert_eq!(back[0].new.value, StateValue::InsufficientData);
}

#[test]
fn what_is_no_alarm_on_a_band_is_refused() {
    type Spoil = fn(&mut Vec<MetricDataQuery>);
    let table: [(Spoil, &str); 5] = [
        (
            |q| q[1].id = "other".to_owned(),
            "ThresholdMetricId ad1 must be",
        ),
        (|q| q[1].return_data = false, "Exactly two elements"),
        (
            |q| q[1] = expression("ad1", "ANOMALY_DETECTION_BAND(m2)"),
            "expected ANOMALY_DETECTION_BAND",
        ),
        (
            |q| q[1] = expression("ad1", "ANOMALY_DETECTION_BAND(m1, -1)"),
            "expected ANOMALY_DETECTION_BAND",
        ),
        (|q| q[1] = expression("ad1", "m1 * 2"), "must be the id of"),
    ];
    for (spoil, text) in table {
        let mut alarm = on_band();
        let AlarmMetric::Math(queries) = &mut alarm.metric else {
            unreachable!()
        };
        spoil(queries);
        let refused = AlarmStore::default().put(alarm, START).unwrap_err();
        assert!(refused.message.contains(text), "{}", refused.message);
    }
    let mut alarm = on_band();
    alarm.comparison_operator = ComparisonOperator::GreaterThanThreshold;
    let refused = AlarmStore::default().put(alarm, START).unwrap_err();
    assert!(refused.message.contains("ThresholdMetricId"));
}
