use belfry::cost::{Allowances, PriceList, Usd};
use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::inputs::{Answer, Inputs};

const CASES: &str = include_str!("../../cases/price-examples.json");

/// Names of the examples that stand for several parts here, or for one with another name.
const NAMES: &[(&str, &str, &str)] = &[
    ("FG-", "storage", "task_storage"),
    ("", "per_alarm", "anomaly.per_alarm"),
    ("", "billed_lcu", "lcu.billed_lcu"),
    ("", "per_hour", "lcu.per_hour"),
];

/// The checks that are not AWS's are written as sentences: their inputs, read from them by hand.
fn inputs_of(check: &str) -> Option<Value> {
    Some(match check {
        "IC-1" => json!({"alarms": 1, "high_resolution_alarms": 1, "math_alarm_metrics": 2,
            "high_resolution_anomaly_alarms": 1}),
        "IC-2" => json!({"ingest_gb": 1000, "stored_gb": 500, "scanned_gb": 250}),
        "IC-3" => json!({"egress_gb": 57000}),
        "IC-4" => json!({"average_lcu": 1.3698, "hours": 730}),
        "P-1" => json!({"tasks": 1, "vcpu": 0.5, "gb": 1, "hours": 730, "average_lcu": 0.1,
            "public_addresses": 3, "secrets": 3, "secret_calls": 10000, "ingest_gb": 1, "stored_gb": 1}),
        _ => return None,
    })
}

fn number(value: &Value) -> Decimal {
    value.to_string().parse().unwrap()
}

fn answer(inputs: &Value, allowances: Allowances) -> Answer {
    Inputs::new(inputs, allowances).answer(PriceList::built_in().unwrap())
}

/// What an example prints, to the cent; a cent less or more where the page rounds elsewhere than a bill does, and ten
/// where the example says so itself.
fn agrees(found: Decimal, expected: Decimal, allowed: Decimal) -> bool {
    let scale = expected.scale().max(2);
    (found.round_dp(scale) - expected).abs() <= allowed
}

fn check_part(id: &str, name: &str, expected: &Value, answer: &Answer, allowed: Decimal) {
    if let Some(parts) = expected.as_object() {
        for (part, expected) in parts {
            check_part(id, &format!("{name}.{part}"), expected, answer, allowed);
        }
        return;
    }
    let renamed = NAMES
        .iter()
        .find(|(prefix, from, _)| id.starts_with(prefix) && *from == name);
    let name = renamed.map_or(name, |(_, _, to)| to);
    let found = answer
        .get(name)
        .unwrap_or_else(|| panic!("{id}: nothing answers `{name}`: {answer:?}"));
    let found = match name.contains('.') {
        true => *found,
        false => Usd::new(*found).to_cents().dollars(),
    };
    assert!(
        agrees(found, number(expected), allowed),
        "{id} {name}: {found}, expected {expected}"
    );
}

#[test]
fn every_example_that_aws_publishes_comes_out() {
    let cases: Value = serde_json::from_str(CASES).unwrap();
    let examples = cases["aws_examples"].as_array().unwrap();
    assert!(examples.len() >= 15);
    for example in examples {
        let id = example["id"].as_str().unwrap();
        let free = example["free_tier"]
            .as_str()
            .unwrap()
            .starts_with("applied");
        let allowances = if free {
            Allowances::Free
        } else {
            Allowances::Used
        };
        let answer = answer(&example["inputs"], allowances);
        let said = example["certainty"].as_str().unwrap();
        let allowed = if said.contains("allow 0.10") {
            Decimal::new(10, 2)
        } else {
            Decimal::ZERO
        };
        for (name, expected) in example["expected"].as_object().unwrap() {
            check_part(id, name, expected, &answer, allowed);
        }
    }
}

#[test]
fn checks_of_others_come_out_too() {
    let cases: Value = serde_json::from_str(CASES).unwrap();
    for check in cases["cross_checks"].as_array().unwrap() {
        let id = check["id"].as_str().unwrap();
        let inputs = check.get("inputs").cloned().or_else(|| inputs_of(id));
        let inputs = inputs.unwrap_or_else(|| panic!("{id}: its inputs are not known"));
        let answer = answer(&inputs, Allowances::Used);
        let expected = number(&check["expected"]);
        assert!(
            agrees(answer["total"], expected, Decimal::ZERO),
            "{id}: {answer:?}"
        );
    }
}

#[test]
fn the_service_costs_thirty_five_dollars_fifty_five_and_at_ten_thousand_a_second_sixty_times_that()
{
    let tasks = |count: u32| json!({"tasks": count, "vcpu": 0.5, "gb": 1, "hours": 720});
    assert_eq!(
        answer(&tasks(2), Allowances::Used)["total"].to_string(),
        "35.55"
    );
    // 120 tasks of the same size: 43,200 vCPU-hours at $0.04048 and 86,400 GB-hours at $0.004445.
    let many = answer(&tasks(120), Allowances::Used);
    assert_eq!(Usd::new(many["cpu"]).cents(), "1,748.74");
    assert_eq!(Usd::new(many["memory"]).cents(), "384.05");
    assert_eq!(Usd::new(many["total"]).cents(), "2,132.79");
}
