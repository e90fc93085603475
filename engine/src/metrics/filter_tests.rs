//! Metric filters against recorded cases (`tests/cases/metric-filter/aws.json`).

use super::*;
use crate::base::Millis;
use crate::pattern::{Extracted, SelectionCriteria, SystemFields};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;

/// The endpoint reads the wire, not the engine.
const WIRE: &str = "reject: defaultValue sent as a JSON string";
const ACCOUNT: &str = "<ACCOUNT>";
const REGION: &str = "<REGION>";

fn transformation(filter: &Value) -> MetricTransformation {
    let dimensions = filter.get("dimensions").cloned();
    MetricTransformation {
        name: "Probe".to_owned(),
        namespace: "Test".to_owned(),
        value: filter["metricValue"].as_str().unwrap().to_owned(),
        default_value: filter.get("defaultValue").and_then(Value::as_f64),
        dimensions: dimensions
            .map(|d| serde_json::from_value(d).unwrap())
            .unwrap_or_default(),
        unit: None,
    }
}

fn filter(filter: &Value) -> Result<MetricFilter, MetricError> {
    let fields = filter
        .get("emitSystemFieldDimensions")
        .and_then(Value::as_array);
    let system = fields
        .into_iter()
        .flatten()
        .map(|field| match field.as_str().unwrap() {
            "@aws.account" => ("@aws.account".to_owned(), ACCOUNT.to_owned()),
            other => (other.to_owned(), REGION.to_owned()),
        });
    let pattern = filter["pattern"].as_str().unwrap();
    MetricFilter::try_new("probe", pattern, transformation(filter), Millis(0))?
        .with_system_dimensions(system.collect())
}

/// What the case's batches leave in a store: dimensions → statistics.
fn published(filter: &MetricFilter, case: &Value) -> BTreeMap<String, Value> {
    let mut store = MetricStore::default();
    for batch in case["batches"].as_array().unwrap() {
        for message in batch.as_array().unwrap() {
            if let Some(datum) = filter.publish(message.as_str().unwrap(), Millis(0), Millis(0)) {
                store.put(&datum, Millis(0)).unwrap();
            }
        }
    }
    let grid = Grid {
        start: Millis(0),
        period: 60,
        count: 1,
    };
    let value = |id: &MetricId, statistic| {
        let stat = MetricStat {
            id: id.clone(),
            period: 60,
            statistic,
            unit: None,
        };
        store.statistic(&stat, grid)[0].unwrap().value
    };
    let one = |id: &MetricId| {
        let statistics = serde_json::json!({
            "Sum": value(id, Statistic::Sum),
            "SampleCount": value(id, Statistic::SampleCount),
            "Minimum": value(id, Statistic::Minimum),
            "Maximum": value(id, Statistic::Maximum),
        });
        (serde_json::to_string(&id.dimensions).unwrap(), statistics)
    };
    store.list().into_iter().map(|(id, _)| one(id)).collect()
}

fn check(case: &Value) {
    let name = case["name"].as_str().unwrap();
    let made = filter(&case["filter"]);
    if case.get("reject").is_some() {
        let error = made.unwrap_err();
        assert_eq!(error.code, case["reject"], "{name}");
        assert!(
            case.get("message").is_none_or(|m| *m == error.message),
            "{name}: {error}"
        );
        return;
    }
    let found = published(&made.unwrap(), case);
    let expected = case["expect"].as_array().unwrap();
    assert_eq!(found.len(), expected.len(), "{name}: {found:?}");
    for one in expected {
        let dimensions: Dimensions = serde_json::from_value(one["dimensions"].clone()).unwrap();
        let statistics = &found[&serde_json::to_string(&dimensions).unwrap()];
        for (statistic, value) in statistics.as_object().unwrap() {
            let expected = one.get(statistic).and_then(Value::as_f64);
            assert!(
                expected.is_none_or(|e| Some(e) == value.as_f64()),
                "{name}: {found:?}"
            );
        }
    }
}

#[test]
fn recorded_publications_are_reproduced() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/metric-filter/aws.json");
    let cases: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let cases = cases["cases"].as_array().unwrap();
    cases
        .iter()
        .filter(|case| case["name"] != WIRE)
        .for_each(check);
}

fn refusal(name: &str, pattern: &str, change: impl Fn(&mut MetricTransformation)) -> String {
    let mut transformation = transformation(&serde_json::json!({ "metricValue": "1" }));
    change(&mut transformation);
    MetricFilter::try_new(name, pattern, transformation, Millis(0))
        .unwrap_err()
        .message
}

#[test]
fn a_filter_that_aws_refuses_is_refused() {
    assert!(refusal("", "x", |_| ()).contains("length greater than or equal to 1"));
    assert!(refusal("a:b", "x", |_| ()).contains("[^:*]*"));
    assert!(refusal("a", "x", |t| t.name = "a$b".to_owned()).contains("[^:*$]*"));
    assert_eq!(
        refusal("a", "a/b", |_| ()),
        "Invalid character(s) in term '/'"
    );
    let selector = |t: &mut MetricTransformation| t.value = "$.x".to_owned();
    assert_eq!(
        refusal("a", "x", selector),
        "Invalid metric transformation: metric value $.x must be a valid number"
    );
    assert!(refusal("a", "[x]", |t| t.value = "$y".to_owned()).contains("$y"));
    let dimension = |t: &mut MetricTransformation| {
        t.dimensions.insert("D".to_owned(), "$.x".to_owned());
    };
    assert!(refusal("a", "x", dimension).contains("space-delimited"));
}

#[test]
fn a_space_delimited_field_publishes_its_number() {
    let value = serde_json::json!({ "pattern": "[ip, ..., status=5*, bytes]", "metricValue": "$bytes", "dimensions": {"Ip": "$ip", "Status": "$4"} });
    let datum = filter(&value)
        .unwrap()
        .publish("10.0.0.1 - x 500 12.5", Millis(7), Millis(7))
        .unwrap();
    assert_eq!(datum.values, DatumValues::Distribution(vec![(12.5, 1.0)]));
    assert_eq!(datum.timestamp, Millis(7));
    assert_eq!(datum.id.dimensions["Ip"], "10.0.0.1");
    assert_eq!(datum.id.dimensions["Status"], "500");
}

#[test]
fn an_outcome_says_what_becomes_of_an_event_and_why() {
    let made = |value: serde_json::Value| filter(&value).unwrap();
    let latency = made(serde_json::json!({
        "pattern": "{ $.level = \"INFO\" }", "metricValue": "$.ms", "dimensions": {"Route": "$.route", "User": "$.user"},
    }));
    let outcome = |message: &str| latency.outcome(message, Millis(0), Millis(0));
    let text = Extracted::Text("slow".to_owned());
    for (message, because) in [
        ("{\"level\":\"WARN\",\"ms\":1}", NoValue::NoMatch),
        ("plain", NoValue::NoMatch),
        ("{\"level\":\"INFO\"}", NoValue::Missing("$.ms".to_owned())),
        (
            "{\"level\":\"INFO\",\"ms\":null}",
            NoValue::Missing("$.ms".to_owned()),
        ),
        (
            "{\"level\":\"INFO\",\"ms\":\"slow\"}",
            NoValue::NotANumber("$.ms".to_owned(), text),
        ),
        (
            "{\"level\":\"INFO\",\"ms\":true}",
            NoValue::NotANumber("$.ms".to_owned(), Extracted::Other),
        ),
        (
            "{\"level\":\"INFO\",\"ms\":1e309}",
            NoValue::NotANumber("$.ms".to_owned(), Extracted::Other),
        ),
    ] {
        assert_eq!(
            outcome(message),
            FilterOutcome::Nothing(because),
            "{message}"
        );
    }
    let dropped = outcome("{\"level\":\"INFO\",\"ms\":\"2.5\",\"route\":\"/a\",\"user\":null}");
    let FilterOutcome::Value { datum, missing } = dropped else {
        panic!("{dropped:?}")
    };
    assert!(datum.id.dimensions.is_empty());
    assert_eq!(missing[0].to_string(), "`User` has no value at `$.user`");
    let huge = outcome("{\"level\":\"INFO\",\"ms\":1e200,\"route\":\"/a\",\"user\":\"u\"}");
    assert!(matches!(huge, FilterOutcome::Refused { .. }));
    let late = latency.outcome(
        "{\"level\":\"INFO\",\"ms\":1,\"route\":\"/a\",\"user\":\"u\"}",
        Millis(0),
        Millis(15 * 86_400_000),
    );
    assert!(matches!(late, FilterOutcome::Refused { .. }) && late.into_datum().is_none());
}

#[test]
fn a_default_says_why_it_stands() {
    let errors =
        filter(&serde_json::json!({ "pattern": "ERROR", "metricValue": "1", "defaultValue": 0.0 }))
            .unwrap();
    let outcome = errors.outcome("fine", Millis(0), Millis(0));
    assert!(matches!(
        &outcome,
        FilterOutcome::Default {
            because: NoValue::NoMatch,
            ..
        }
    ));
    assert_eq!(outcome.is_match(), Some(false));
    assert_eq!(
        errors.outcome("ERROR", Millis(0), Millis(0)).is_match(),
        Some(true)
    );
}

#[test]
fn an_event_of_another_account_is_not_looked_at() {
    let elsewhere = SystemFields {
        account: "1",
        region: "r",
    };
    let criteria = SelectionCriteria::parse("@aws.account != \"1\"").unwrap();
    let errors =
        filter(&serde_json::json!({ "pattern": "ERROR", "metricValue": "1", "defaultValue": 0.0 }))
            .unwrap();
    let errors = errors.with_selection(criteria, elsewhere);
    let outcome = errors.outcome("ERROR", Millis(0), Millis(0));
    assert_eq!(outcome, FilterOutcome::Nothing(NoValue::NotSelected));
    assert_eq!(outcome.is_match(), None);
}
