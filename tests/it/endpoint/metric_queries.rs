//! SEARCH, Metrics Insights and dynamic labels over the wire, and data at the edges of what is taken.

use serde_json::{Value, json};

use super::wire::{Fixture, START};

/// Within the minute before the fixture's clock.
fn stamp() -> i64 {
    START.as_seconds() - 60
}

async fn ask(fixture: &Fixture, operation: &str, body: &Value) -> Value {
    let target = format!("GraniteServiceVersion20100801.{operation}");
    let reply = fixture.json("1.0", &target, &body.to_string()).await;
    let text = reply.text();
    if text.is_empty() {
        return Value::Null;
    }
    reply.json()
}

async fn put(fixture: &Fixture, datum: Value) -> Value {
    let body = json!({ "Namespace": "Shop", "MetricData": [datum] });
    ask(fixture, "PutMetricData", &body).await
}

async fn filled() -> Fixture {
    let fixture = Fixture::new();
    for (service, value) in [("cart", 2.5), ("mail", 40.0)] {
        let datum = json!({
            "MetricName": "Latency", "Value": value, "Timestamp": stamp(), "Unit": "Milliseconds",
            "Dimensions": [{ "Name": "Service", "Value": service }],
        });
        put(&fixture, datum).await;
    }
    fixture
}

async fn data(fixture: &Fixture, members: Value) -> Value {
    let mut body = json!({ "StartTime": stamp() - 240, "EndTime": stamp() + 60 });
    let object = body.as_object_mut().unwrap();
    object.extend(members.as_object().unwrap().clone());
    ask(fixture, "GetMetricData", &body).await
}

fn labels(answer: &Value) -> Vec<String> {
    let results = answer["MetricDataResults"].as_array().unwrap();
    results
        .iter()
        .map(|result| {
            format!(
                "{}: {}",
                result["Label"].as_str().unwrap(),
                result["Values"]
            )
        })
        .collect()
}

#[tokio::test]
async fn a_search_finds_metrics_and_labels_show_their_values() {
    let fixture = filled().await;
    let expression = "SEARCH('{Shop,Service} MetricName=\"Latency\"', 'Average', 60)";
    let query = |label: &str| json!([{ "Id": "e1", "Expression": expression, "Label": label }]);
    let answer = data(&fixture, json!({ "MetricDataQueries": query("ms") })).await;
    assert_eq!(labels(&answer), ["ms cart: [2.5]", "ms mail: [40.0]"]);
    let label = "${PROP('Dim.Service')} at ${LAST_TIME}";
    let zone = json!({ "Timezone": "+0200" });
    let members = json!({ "MetricDataQueries": query(label), "LabelOptions": zone });
    let answer = data(&fixture, members).await;
    assert!(
        labels(&answer)[0].starts_with("cart at 2026-04-20T"),
        "{answer}"
    );
    assert!(labels(&answer)[0].contains("+0200: "), "{answer}");
    let members =
        json!({ "MetricDataQueries": query(label), "LabelOptions": { "Timezone": "CET" } });
    let refused = data(&fixture, members).await;
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("[+-][0-9]{4}"),
        "{refused}"
    );
}

#[tokio::test]
async fn a_metrics_insights_query_groups_and_feeds_metric_math() {
    let fixture = filled().await;
    let sql = "SELECT MAX(Latency) FROM SCHEMA(Shop, Service) GROUP BY Service ORDER BY MAX() DESC";
    let queries = json!([
        { "Id": "q1", "Expression": sql, "Period": 60 },
        { "Id": "e1", "Expression": "SUM(q1) / METRIC_COUNT(q1)" },
    ]);
    let answer = data(&fixture, json!({ "MetricDataQueries": queries })).await;
    assert_eq!(
        labels(&answer),
        ["mail: [40.0]", "cart: [2.5]", "e1: [21.25]"]
    );
    assert_eq!(answer["MetricDataResults"][0]["StatusCode"], "Complete");
    let two = json!([
        { "Id": "q1", "Expression": sql, "Period": 60 },
        { "Id": "q2", "Expression": sql, "Period": 60 },
    ]);
    let refused = data(&fixture, json!({ "MetricDataQueries": two })).await;
    assert!(
        refused["message"]
            .as_str()
            .unwrap()
            .contains("'q2' is the second"),
        "{refused}"
    );
}

#[tokio::test]
async fn an_answer_with_expressions_has_no_next_page() {
    let fixture = filled().await;
    let queries = json!([{ "Id": "e1", "Expression": "TIME_SERIES(1)", "Period": 60 }]);
    let members = json!({ "MetricDataQueries": queries, "MaxDatapoints": 2 });
    let answer = data(&fixture, members).await;
    assert_eq!(answer["MetricDataResults"][0]["StatusCode"], "PartialData");
    assert_eq!(answer["MetricDataResults"][0]["Values"], json!([1.0, 1.0]));
    assert_eq!(
        answer.get("NextToken").filter(|token| !token.is_null()),
        None
    );
}

#[tokio::test]
async fn data_at_the_edges_are_taken_and_beyond_them_refused() {
    let fixture = Fixture::new();
    let edge = 2_f64.powi(360);
    let at = |datum: Value| {
        let mut datum = datum;
        datum["Timestamp"] = stamp().into();
        datum["MetricName"] = "x".into();
        datum
    };
    for taken in [
        json!({ "Value": edge }),
        json!({ "Value": -edge }),
        json!({ "Value": 5e-324 }),
        json!({ "Values": vec![1; 150] }),
        json!({ "Values": [1], "Counts": [1e300] }),
        json!({ "Value": 1, "Dimensions": [{ "Name": "d".repeat(255), "Value": "v".repeat(1024) }] }),
        json!({ "StatisticValues": { "SampleCount": 2, "Sum": 3, "Minimum": 1, "Maximum": 2 } }),
    ] {
        let answer = put(&fixture, at(taken.clone())).await;
        assert!(answer.get("message").is_none(), "{taken}: {answer}");
    }
    for (refused, word) in [
        (json!({ "Value": edge * 2.0 }), "Value"),
        (json!({ "Value": "NaN" }), "Value"),
        (json!({ "Value": "Infinity" }), "Value"),
        (json!({ "Value": "-Infinity" }), "Value"),
        (json!({ "Values": vec![1; 151] }), "Values"),
        (json!({ "Values": [] }), "Value"),
        (json!({ "Values": [1], "Counts": [-1] }), "Counts"),
        (json!({ "Value": 1, "Values": [1] }), "mutually exclusive"),
        (
            json!({ "Value": 1, "Dimensions": [{ "Name": "d", "Value": "" }] }),
            "Dimensions",
        ),
        (
            json!({ "Value": 1, "Dimensions": [{ "Name": "", "Value": "v" }] }),
            "Dimensions",
        ),
        (
            json!({ "Value": 1, "Dimensions": [{ "Name": "d", "Value": "ü" }] }),
            "Dimensions",
        ),
        (
            json!({ "Value": 1, "StorageResolution": 30 }),
            "StorageResolution",
        ),
        (
            json!({ "StatisticValues": { "SampleCount": 0, "Sum": 0, "Minimum": 0, "Maximum": 0 } }),
            "SampleCount",
        ),
        (
            json!({ "StatisticValues": { "SampleCount": 1, "Sum": 1, "Minimum": 1 } }),
            "Maximum",
        ),
    ] {
        let answer = put(&fixture, at(refused.clone())).await;
        let message = answer["message"].as_str().unwrap_or_default();
        assert!(message.contains(word), "{refused}: {answer}");
    }
}
