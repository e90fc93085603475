use belfry::endpoint::{Operation, Service, cloudwatch, logs, sns, sts};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};

use super::wire::Fixture;

const SERVICES: [&Service; 4] = [
    &cloudwatch::SERVICE,
    &logs::SERVICE,
    &sns::SERVICE,
    &sts::SERVICE,
];

/// Texts that mean something somewhere, and texts that mean nothing anywhere.
const TEXTS: &[&str] = &[
    "",
    "a",
    "x y",
    "\u{0}",
    "é",
    "/app",
    "{",
    "{}",
    "[a, b]",
    "{ $.a = 1 }",
    "fields @message",
    "stats count(*) by bin(5m)",
    "Sum",
    "p99",
    "TM(10%:90%)",
    "PR(:1)",
    "m1 * 2",
    "m1",
    "SUM(METRICS())",
    "Count",
    "OK",
    "ALARM",
    "GreaterThanThreshold",
    "notBreaching",
    "NaN",
    "-Infinity",
    "http",
    "http://127.0.0.1:1/",
    "email",
    "a@b",
    "App",
    "AWS/X",
    "MTp4",
    "arn:aws:sns:us-east-1:000000000000:a",
    "arn:aws:sns:us-east-1:000000000000:a:b",
    "arn:aws:cloudwatch:us-east-1:000000000000:alarm:a",
    "arn:aws:logs:us-east-1:000000000000:log-group:/app",
    "TimestampAscending",
    "{\"widgets\":[{\"type\":\"metric\",\"properties\":{\"metrics\":[[\"a\"]]}}]}",
];

const NUMBERS: &[i64] = &[
    0,
    1,
    -1,
    2,
    5,
    60,
    61,
    100,
    86_400,
    i64::MAX,
    i64::MIN,
    9_223_372_036_854_775_800,
    1_776_679_200,
    1_776_679_200_000,
    -1_776_679_200,
];

/// Members of nested structures.
const NESTED: &[&str] = &[
    "Name",
    "Value",
    "Key",
    "MetricName",
    "Namespace",
    "Dimensions",
    "Timestamp",
    "Values",
    "Counts",
    "StatisticValues",
    "SampleCount",
    "Sum",
    "Minimum",
    "Maximum",
    "Unit",
    "StorageResolution",
    "Id",
    "MetricStat",
    "Metric",
    "Period",
    "Stat",
    "Expression",
    "Label",
    "ReturnData",
    "timestamp",
    "message",
    "metricName",
    "metricNamespace",
    "metricValue",
    "defaultValue",
    "dimensions",
];

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => prop::sample::select(TEXTS).prop_map(Value::from),
        3 => prop::sample::select(NUMBERS).prop_map(Value::from),
        1 => prop::sample::select(&[0.0, -0.5, 1e308, -1e308, 1e-300][..]).prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => (1_usize..400).prop_map(|n| Value::from("x".repeat(n * 7))),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let members = prop::collection::vec((prop::sample::select(NESTED), inner.clone()), 0..5);
        let object = members.prop_map(|pairs| {
            let named = pairs
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value));
            Value::Object(named.collect::<Map<_, _>>())
        });
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Value::Array),
            object
        ]
    })
}

fn any_request() -> impl Strategy<Value = (&'static Service, &'static Operation, Value)> {
    let operations: Vec<_> = SERVICES
        .iter()
        .flat_map(|service| {
            service
                .operations
                .iter()
                .map(|operation| (*service, *operation))
        })
        .collect();
    prop::sample::select(operations).prop_flat_map(|(service, operation)| {
        let count = operation.members.len();
        let values = prop::collection::vec(prop::option::weighted(0.6, any_value()), count);
        values.prop_map(move |values| {
            let named = operation.members.iter().zip(values);
            let given = named.filter_map(|(name, value)| Some(((*name).to_owned(), value?)));
            (service, operation, Value::Object(given.collect()))
        })
    })
}

/// What the operations have to work on.
async fn prepare(fixture: &Fixture) {
    let requests = [
        (
            "Logs_20140328.CreateLogGroup",
            json!({"logGroupName": "/app"}),
        ),
        (
            "Logs_20140328.CreateLogStream",
            json!({"logGroupName": "/app", "logStreamName": "a"}),
        ),
        (
            "AmazonSimpleNotificationService.CreateTopic",
            json!({"Name": "a"}),
        ),
        (
            "GraniteServiceVersion20100801.PutDashboard",
            json!({"DashboardName": "a", "DashboardBody": "{\"widgets\":[]}"}),
        ),
        (
            "GraniteServiceVersion20100801.PutMetricData",
            json!({"Namespace": "App", "MetricData": [{"MetricName": "a", "Value": 1}]}),
        ),
        (
            "GraniteServiceVersion20100801.PutMetricAlarm",
            json!({"AlarmName": "a", "Namespace": "App", "MetricName": "a", "Statistic": "Sum",
            "Period": 60, "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold"}),
        ),
    ];
    for (target, body) in requests {
        let reply = fixture.json("1.1", target, &body.to_string()).await;
        assert_eq!(reply.status, 200, "{target}: {}", reply.text());
    }
}

#[test]
fn any_request_is_answered_or_refused() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let fixture = Fixture::new();
    runtime.block_on(prepare(&fixture));
    let config = Config {
        cases: 3000,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    let checked = runner.run(&any_request(), |(service, operation, body)| {
        let target = format!("{}.{}", service.target, operation.name);
        let reply = runtime.block_on(fixture.json("1.1", &target, &body.to_string()));
        prop_assert!(reply.status < 500, "{target} {body}: {}", reply.text());
        Ok(())
    });
    checked.unwrap();
}

/// Requests that are right, by target.
fn right_requests() -> Vec<(&'static str, Value)> {
    let metric =
        json!({"Namespace": "App", "MetricName": "a", "Dimensions": [{"Name": "n", "Value": "v"}]});
    let queries = json!([
        {"Id": "m1", "ReturnData": false, "Label": "l", "MetricStat": {"Metric": metric, "Period": 60, "Stat": "p99", "Unit": "None"}},
        {"Id": "e1", "Expression": "m1 + 1", "Period": 60},
    ]);
    let one = json!({"AlarmName": "a", "AlarmDescription": "d", "ActionsEnabled": true, "OKActions": ["arn:aws:sns:us-east-1:000000000000:a"],
        "Namespace": "App", "MetricName": "a", "Statistic": "Sum", "Period": 60, "Unit": "None", "EvaluationPeriods": 3, "DatapointsToAlarm": 2,
        "Threshold": 1.5, "ComparisonOperator": "GreaterThanThreshold", "TreatMissingData": "missing"});
    let math = json!({"AlarmName": "b", "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "LessThanThreshold", "Metrics": queries});
    let low = json!({"AlarmName": "c", "Namespace": "App", "MetricName": "a", "ExtendedStatistic": "p50", "Period": 10, "EvaluationPeriods": 1,
        "Threshold": 1, "ComparisonOperator": "LessThanThreshold", "EvaluateLowSampleCountPercentile": "ignore"});
    vec![
        ("PutMetricAlarm", one),
        ("PutMetricAlarm", math),
        ("PutMetricAlarm", low),
        (
            "PutMetricData",
            json!({"Namespace": "App", "MetricData": [{"MetricName": "a", "Values": [1, 2.5], "Counts": [1, 3],
            "Timestamp": 1_776_679_140, "Unit": "Count", "StorageResolution": 1, "Dimensions": [{"Name": "n", "Value": "v"}]}]}),
        ),
        (
            "PutMetricData",
            json!({"Namespace": "App", "MetricData": [{"MetricName": "a", "StatisticValues":
            {"SampleCount": 2, "Sum": 3, "Minimum": 1, "Maximum": 2}}]}),
        ),
        (
            "GetMetricData",
            json!({"MetricDataQueries": queries, "StartTime": 1_776_679_000, "EndTime": 1_776_679_300, "MaxDatapoints": 10,
            "ScanBy": "TimestampAscending"}),
        ),
        (
            "GetMetricStatistics",
            json!({"Namespace": "App", "MetricName": "a", "Period": 60, "StartTime": 1_776_679_000,
            "EndTime": 1_776_679_300, "Statistics": ["Sum", "Average"]}),
        ),
        (
            "DescribeAlarmHistory",
            json!({"AlarmName": "a", "StartDate": 0, "EndDate": 1_776_679_300, "MaxRecords": 5}),
        ),
        (
            "SetAlarmState",
            json!({"AlarmName": "a", "StateValue": "OK", "StateReason": "r", "StateReasonData": "{}"}),
        ),
        (
            "PutLogEvents",
            json!({"logGroupName": "/app", "logStreamName": "a", "logEvents": [{"timestamp": 1_776_679_200_000_i64, "message": "m"}]}),
        ),
        (
            "FilterLogEvents",
            json!({"logGroupName": "/app", "startTime": 0, "endTime": 1_776_679_300_000_i64, "filterPattern": "m", "limit": 5}),
        ),
        (
            "GetLogEvents",
            json!({"logGroupName": "/app", "logStreamName": "a", "startTime": 0, "endTime": 1_776_679_300_000_i64, "limit": 5}),
        ),
        (
            "PutMetricFilter",
            json!({"logGroupName": "/app", "filterName": "f", "filterPattern": "{ $.a = * }", "metricTransformations":
            [{"metricName": "n", "metricNamespace": "App", "metricValue": "$.a", "defaultValue": 0.5, "unit": "Count"}]}),
        ),
        (
            "StartQuery",
            json!({"logGroupName": "/app", "startTime": 0, "endTime": 1_776_679_300, "queryString": "stats count(*) by bin(5m)", "limit": 5}),
        ),
        (
            "PutRetentionPolicy",
            json!({"logGroupName": "/app", "retentionInDays": 30}),
        ),
    ]
}

fn target_of(operation: &str) -> String {
    let having = SERVICES
        .iter()
        .find(|service| service.operation(operation).is_some());
    format!("{}.{operation}", having.unwrap().target)
}

/// The places of all values without members or items.
fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(n, item)| leaves(item, &format!("{at}/{n}"), found)),
        Value::Object(members) => members
            .iter()
            .for_each(|(name, member)| leaves(member, &format!("{at}/{name}"), found)),
        _ => found.push(at.to_owned()),
    }
}

fn any_spoilt_request() -> impl Strategy<Value = (&'static str, Value)> {
    prop::sample::select(right_requests()).prop_flat_map(|(operation, body)| {
        let mut places = Vec::new();
        leaves(&body, "", &mut places);
        let spoilt = prop::collection::vec((prop::sample::select(places), any_value()), 0..3);
        spoilt.prop_map(move |changes| {
            let mut body = body.clone();
            for (place, value) in changes {
                if let Some(there) = body.pointer_mut(&place) {
                    *there = value;
                }
            }
            (operation, body)
        })
    })
}

#[test]
fn a_right_request_with_wrong_values_is_answered_or_refused() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let fixture = Fixture::new();
    runtime.block_on(prepare(&fixture));
    for (operation, body) in right_requests() {
        let reply = runtime.block_on(fixture.json("1.1", &target_of(operation), &body.to_string()));
        assert_eq!(reply.status, 200, "{operation}: {}", reply.text());
    }
    let config = Config {
        cases: 3000,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new(config);
    let checked = runner.run(&any_spoilt_request(), |(operation, body)| {
        let reply = runtime.block_on(fixture.json("1.1", &target_of(operation), &body.to_string()));
        prop_assert!(reply.status < 500, "{operation} {body}: {}", reply.text());
        runtime.block_on(fixture.pass(10));
        Ok(())
    });
    checked.unwrap();
}
