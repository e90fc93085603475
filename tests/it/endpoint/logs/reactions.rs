//! What follows from a log event: datapoints, alarm states.

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::primitives::DateTime;
use aws_sdk_cloudwatch::types::{ComparisonOperator, Dimension, StateValue, Statistic};
use aws_sdk_cloudwatchlogs::types::MetricTransformation;

use super::Logs;
use crate::endpoint::wire::START;

/// The sum of a metric over the minute from the start; nothing where there is no datapoint.
async fn sum(client: &Client, namespace: &str, name: &str, service: Option<&str>) -> Option<f64> {
    let dimension = |value| Dimension::builder().name("Service").value(value).build();
    let ask = client.get_metric_statistics().namespace(namespace);
    let answer = ask
        .metric_name(name)
        .set_dimensions(service.map(|value| vec![dimension(value)]))
        .start_time(DateTime::from_millis(START.0))
        .end_time(DateTime::from_millis(START.0 + 60_000))
        .period(60)
        .statistics(Statistic::Sum)
        .send()
        .await
        .unwrap();
    answer.datapoints().first().and_then(|point| point.sum())
}

async fn with_metric_filter() -> Logs {
    let logs = Logs::with_group().await;
    let transformation = MetricTransformation::builder()
        .metric_name("ErrorCount")
        .metric_namespace("FraudDetection")
        .metric_value("1")
        .default_value(0.0)
        .build()
        .unwrap();
    let put = logs.client.put_metric_filter().log_group_name("g");
    put.filter_name("errors")
        .filter_pattern(r#"{ $.level = "ERROR" }"#)
        .metric_transformations(transformation)
        .send()
        .await
        .unwrap();
    logs
}

#[tokio::test]
async fn a_metric_filter_makes_datapoints_of_events() {
    let logs = with_metric_filter().await;
    logs.put(
        "a",
        &[
            (1, r#"{"level":"ERROR"}"#),
            (2, "text"),
            (3, r#"{"level":"ERROR"}"#),
        ],
    )
    .await;
    let found = sum(&logs.cloudwatch(), "FraudDetection", "ErrorCount", None).await;
    assert_eq!(found, Some(2.0));
}

#[tokio::test]
async fn an_embedded_metric_becomes_a_datapoint() {
    let logs = Logs::with_group().await;
    let message = r#"{"_aws":{"Timestamp":1776679200005,"CloudWatchMetrics":[{"Namespace":"FraudDetection",
        "Dimensions":[["Service"]],"Metrics":[{"Name":"RequestLatency","Unit":"Milliseconds"}]}]},
        "Service":"fraud","RequestLatency":12.5}"#;
    logs.put("a", &[(5, message)]).await;
    let client = logs.cloudwatch();
    let found = sum(&client, "FraudDetection", "RequestLatency", Some("fraud")).await;
    assert_eq!(found, Some(12.5));
    let without = sum(&client, "FraudDetection", "RequestLatency", None).await;
    assert_eq!(without, None);
}

#[tokio::test]
async fn errors_in_the_log_raise_an_alarm_and_quiet_ends_it() {
    let logs = with_metric_filter().await;
    let client = logs.cloudwatch();
    let put = client.put_metric_alarm().alarm_name("fraud-error-count");
    put.namespace("FraudDetection")
        .metric_name("ErrorCount")
        .statistic(Statistic::Sum)
        .period(60)
        .evaluation_periods(1)
        .threshold(1.0)
        .comparison_operator(ComparisonOperator::GreaterThanThreshold)
        .treat_missing_data("notBreaching")
        .send()
        .await
        .unwrap();
    let state = async || {
        let answer = client.describe_alarms().send().await.unwrap();
        answer.metric_alarms()[0].state_value().cloned()
    };
    logs.put(
        "a",
        &[(1, r#"{"level":"ERROR"}"#), (2, r#"{"level":"ERROR"}"#)],
    )
    .await;
    logs.clock.advance(60_000);
    assert_eq!(state().await, Some(StateValue::Alarm));
    logs.clock.advance(5 * 60_000);
    assert_eq!(state().await, Some(StateValue::Ok));
}
