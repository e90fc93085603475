//! Embedded metric documents and what becomes of them.

use serde_json::{Value, json};

use super::*;
use crate::base::Millis;

/// The moment of AWS's example.
const THEN: Millis = Millis(1_574_109_732_004);

fn reasons(found: &EmbeddedMetrics) -> Vec<String> {
    found.dropped.iter().map(ToString::to_string).collect()
}

fn document(dimensions: &Value, metrics: &Value, members: &Value) -> EmbeddedMetrics {
    let mut root = json!({
        "_aws": {
            "Timestamp": 1_574_109_732_004_i64,
            "CloudWatchMetrics": [{ "Namespace": "shop/api", "Dimensions": dimensions, "Metrics": metrics }],
        },
        "Service": "cart",
        "Route": "/add",
        "Latency": 12.5,
    });
    root.as_object_mut()
        .unwrap()
        .extend(members.as_object().unwrap().clone());
    embedded_metrics(&root.to_string(), Millis(5), THEN).unwrap()
}

#[test]
fn each_dimension_set_makes_a_metric_of_its_own() {
    let sets = json!([["Service"], ["Service", "Route"], []]);
    let metrics = json!([{ "Name": "Latency", "Unit": "Milliseconds", "StorageResolution": 1 }]);
    let found = document(&sets, &metrics, &json!({}));
    assert_eq!(reasons(&found), [] as [&str; 0]);
    let counts: Vec<_> = found.data.iter().map(|d| d.id.dimensions.len()).collect();
    assert_eq!(counts, [1, 2, 0]);
    let first = &found.data[0];
    assert_eq!(
        (first.unit, first.high_resolution),
        (Unit::Milliseconds, true)
    );
    assert_eq!(first.timestamp, Millis(1_574_109_732_004));
    assert_eq!(first.values, DatumValues::Distribution(vec![(12.5, 1.0)]));
}

#[test]
fn what_is_not_embedded_metric_format_is_none() {
    for message in [
        "_aws",
        "{\"_aws\":1}",
        "{\"_aws\":{\"CloudWatchMetrics\":{}}}",
        "{}",
        "x {\"_aws\":{\"CloudWatchMetrics\":[]}}",
    ] {
        assert!(
            embedded_metrics(message, Millis(0), THEN).is_err(),
            "{message}"
        );
    }
}

#[test]
fn the_smallest_part_with_a_mistake_is_dropped_with_its_reason() {
    let name = |name: &str| json!({ "Name": name });
    let metrics = json!([name("Latency"), name("Missing"), name("Route"), { "Name": "Latency", "Unit": "ms" }]);
    let found = document(
        &json!([["Service"], ["Nowhere"], ["Latency"], "Service"]),
        &metrics,
        &json!({}),
    );
    assert_eq!(found.data.len(), 1);
    assert_eq!(
        reasons(&found),
        [
            "the metric `{\"Name\":\"Latency\",\"Unit\":\"ms\"}`: `\"ms\"` is not a unit of CloudWatch",
            "the metric `Missing`: no member `Missing` at the root",
            "the metric `Route`: `\"/add\"` is not a number, a list of numbers, or an object of Values and Counts or of Max, Min, Count and Sum",
            "the dimension set `[\"Nowhere\"]`: no member `Nowhere` at the root",
            "the dimension set `[\"Latency\"]`: `Latency` is `12.5`, expected text",
            "the dimension set `\"Service\"`: `Dimensions` is a list of lists of names",
        ]
    );
}

#[test]
fn a_hundred_metrics_are_taken_and_the_rest_dropped() {
    let metrics: Vec<_> = (0..101).map(|_| json!({ "Name": "Latency" })).collect();
    let found = document(&json!([[]]), &json!(metrics), &json!({}));
    assert_eq!(found.data.len(), 100);
    assert_eq!(
        reasons(&found),
        ["the last 1 metrics of namespace `shop/api`: more than 100 in one directive"]
    );
}

#[test]
fn time_is_the_documents_or_the_events_and_never_guessed() {
    let aws = |timestamp: &str| {
        format!(
            "{{\"_aws\":{{{timestamp}\"CloudWatchMetrics\":[{{\"Namespace\":\"a\",\"Dimensions\":[[]],\"Metrics\":[{{\"Name\":\"m\"}}]}}]}},\"m\":1}}"
        )
    };
    let found = embedded_metrics(&aws(""), Millis(5), Millis(5)).unwrap();
    assert_eq!(found.data[0].timestamp, Millis(5));
    let found =
        embedded_metrics(&aws("\"Timestamp\":\"2026-01-01\","), Millis(5), Millis(5)).unwrap();
    assert!(found.data.is_empty());
    assert_eq!(found.dropped.len(), 1);
}

#[test]
fn targets_stand_at_the_root_only_and_may_have_dots_in_their_names() {
    let found = document(
        &json!([[]]),
        &json!([{ "Name": "A.a" }]),
        &json!({ "A.a": 1, "A": { "a": 2 } }),
    );
    assert_eq!(
        found.data[0].values,
        DatumValues::Distribution(vec![(1.0, 1.0)])
    );
}

/// A document of one directive with one metric, after a change.
fn rules(change: impl Fn(&mut Value)) -> Vec<EmbeddedRule> {
    let mut root = json!({
        "_aws": {
            "Timestamp": THEN.0,
            "CloudWatchMetrics": [{ "Namespace": "shop", "Dimensions": [["Service"]], "Metrics": [{ "Name": "m" }] }],
        },
        "Service": "cart",
        "m": 1,
    });
    change(&mut root);
    let found = embedded_metrics(&root.to_string(), THEN, THEN).unwrap();
    found.dropped.iter().map(|dropped| dropped.rule).collect()
}

/// Each change breaks one rule.
fn check_rules(cases: &[(&str, Value, EmbeddedRule)]) {
    let directive = "/_aws/CloudWatchMetrics/0";
    for (place, value, expected) in cases {
        let pointer = match place.strip_prefix('/') {
            Some("") => directive.to_owned(),
            Some(_) => (*place).to_owned(),
            None => format!("{directive}/{place}"),
        };
        let found = rules(|root| *root.pointer_mut(&pointer).unwrap() = value.clone());
        assert_eq!(found, [*expected], "{pointer} = {value}");
    }
}

#[test]
fn rules_of_a_document_and_its_dimensions_have_names() {
    use EmbeddedRule as Rule;
    assert_eq!(rules(|_| ()), [] as [EmbeddedRule; 0]);
    check_rules(&[
        (
            "/_aws/Timestamp",
            json!("2026-01-01T00:00:00Z"),
            Rule::Timestamp,
        ),
        ("/_aws/Timestamp", json!(1.5), Rule::Timestamp),
        ("/_aws/Timestamp", json!(THEN.0 / 1000), Rule::TimeWindow),
        (
            "/_aws/Timestamp",
            json!(THEN.0 + 7_200_001),
            Rule::TimeWindow,
        ),
        (
            "/_aws/Timestamp",
            json!(THEN.0 - 14 * 86_400_000 - 1),
            Rule::TimeWindow,
        ),
        ("/", json!("x"), Rule::Directive),
        ("Namespace", json!(7), Rule::Directive),
        ("Namespace", json!("a*b"), Rule::Namespace),
        ("Namespace", json!("AWS/EC2"), Rule::Namespace),
        ("Namespace", json!("x".repeat(256)), Rule::Namespace),
        ("Dimensions", json!({}), Rule::Directive),
        ("Dimensions", json!([]), Rule::DimensionSets),
        ("Dimensions", json!(["Service"]), Rule::DimensionSets),
        (
            "Dimensions",
            json!([(0..31).map(|n| format!("d{n}")).collect::<Vec<_>>()]),
            Rule::DimensionCount,
        ),
        ("Dimensions", json!([[1]]), Rule::DimensionName),
        ("Dimensions", json!([[""]]), Rule::DimensionName),
        (
            "Dimensions",
            json!([["x".repeat(251)]]),
            Rule::DimensionName,
        ),
        ("Dimensions", json!([["nowhere"]]), Rule::DimensionTarget),
        ("Dimensions", json!([["m"]]), Rule::DimensionValue),
        ("/Service", json!(""), Rule::DimensionValue),
        ("/Service", json!(true), Rule::DimensionValue),
        ("/Service", json!("x".repeat(1025)), Rule::DimensionValue),
        ("/Service", json!("é"), Rule::Store),
    ]);
}

#[test]
fn rules_of_metrics_have_names() {
    use EmbeddedRule as Rule;
    check_rules(&[
        ("Metrics", json!({}), Rule::Directive),
        ("Metrics", json!([{}]), Rule::MetricDefinition),
        (
            "Metrics",
            json!([{ "Name": "m", "Unit": "ms" }]),
            Rule::MetricDefinition,
        ),
        (
            "Metrics",
            json!([{ "Name": "m", "StorageResolution": 10 }]),
            Rule::MetricDefinition,
        ),
        ("Metrics", json!([{ "Name": "gone" }]), Rule::MetricTarget),
        ("/m", json!("1"), Rule::MetricValue),
        ("/m", json!(vec![1; 101]), Rule::MetricValue),
        ("/m", json!([1, null]), Rule::MetricValue),
        (
            "/m",
            json!({ "Values": [1], "Counts": [1, 2] }),
            Rule::MetricValue,
        ),
        ("/m", json!(1e300), Rule::Store),
        ("/m", json!({ "Values": [1], "Counts": [0] }), Rule::Store),
        (
            "/m",
            json!({ "Max": 1, "Min": 2, "Count": 1, "Sum": 1 }),
            Rule::Store,
        ),
    ]);
}

#[test]
fn a_message_that_is_no_document_says_why() {
    let why = |message: &str| embedded_metrics(message, THEN, THEN).unwrap_err();
    assert_eq!(why("{}"), NotEmbedded::NoMetadata);
    for message in [
        "2026-01-01 {\"_aws\":{}}",
        "{\"_aws\":{}} {\"_aws\":{}}",
        "\u{feff}{\"_aws\":{}}",
        "[{\"_aws\":{}}]",
        "{\"_aws\":{},\"m\":NaN}",
    ] {
        assert!(
            matches!(why(message), NotEmbedded::NotOneObject(_)),
            "{message}"
        );
    }
    assert_eq!(why("{\"_aws\":[]}"), NotEmbedded::MetadataIsNoObject);
    assert_eq!(
        why("{\"x\":{\"_aws\":{}}}"),
        NotEmbedded::MetadataIsNoObject
    );
    assert_eq!(
        why("{\"_aws\":{\"CloudWatchMetrics\":{}}}"),
        NotEmbedded::DirectivesAreNoList
    );
}
