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
