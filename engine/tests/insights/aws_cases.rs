//! The cases of `cases/insights/aws.json`, written from AWS's documentation and published outputs.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use belfry_engine::insights::compile;
use serde_json::Value;

use crate::events::{Event, Events, OPTIONS};

fn read(name: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases/insights")
        .join(name);
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn every_case_passes_or_is_a_known_gap() {
    let gaps: BTreeMap<String, String> = serde_json::from_value(read("known-gaps.json")).unwrap();
    let mut wrong = Vec::new();
    let mut passed = 0;
    for case in read("aws.json").as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        match (check(case), gaps.get(name)) {
            (Ok(()), None) => passed += 1,
            (Ok(()), Some(_)) => wrong.push(format!("{name}: passes, take it off known-gaps.json")),
            (Err(_), Some(_)) => {}
            (Err(reason), None) => wrong.push(format!("{name}: {reason}")),
        }
    }
    assert!(
        wrong.is_empty(),
        "{} cases:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    println!("{passed} cases pass, {} are known gaps", gaps.len());
}

#[test]
fn a_case_that_is_refused_names_what_is_refused() {
    for case in read("aws.json").as_array().unwrap() {
        let text = case["query"].as_str().unwrap();
        if let Err(diagnostics) = compile(text) {
            assert!(!diagnostics.is_empty(), "{text}");
            for diagnostic in diagnostics {
                assert!(
                    diagnostic.primary.span.end <= text.len(),
                    "{text}: {diagnostic}"
                );
            }
        }
    }
}

fn check(case: &Value) -> Result<(), String> {
    let text = case["query"].as_str().unwrap();
    let expected = &case["expected"];
    let compiled = compile(text);
    if expected.get("error").is_some() {
        return match compiled {
            Err(_) => Ok(()),
            Ok(_) => Err("is accepted, an error was expected".to_owned()),
        };
    }
    let (query, _) = compiled.map_err(|all| {
        let all: Vec<_> = all.iter().map(ToString::to_string).collect();
        all.join("; ")
    })?;
    let source = events(case);
    let found = query.run(&source, &OPTIONS);
    let serial = query.run_serially(&Events { chunk: 1, ..source }, &OPTIONS);
    if found
        .rows
        .iter()
        .map(|r| &r.cells)
        .ne(serial.rows.iter().map(|r| &r.cells))
    {
        return Err("one chunk and many differ".to_owned());
    }
    let columns: Vec<String> = serde_json::from_value(expected["columns"].clone()).unwrap();
    let mut rows: Vec<Vec<Option<String>>> =
        serde_json::from_value(expected["rows"].clone()).unwrap();
    let mut cells: Vec<_> = found.rows.into_iter().map(|row| row.cells).collect();
    if case.get("unordered").is_some() {
        rows.sort();
        cells.sort();
    }
    if columns != found.columns {
        return Err(format!("columns {:?}, expected {columns:?}", found.columns));
    }
    if !same(&cells, &rows, case["tolerance"].as_f64()) {
        return Err(format!("rows {cells:?}, expected {rows:?}"));
    }
    Ok(())
}

fn same(
    found: &[Vec<Option<String>>],
    expected: &[Vec<Option<String>>],
    tolerance: Option<f64>,
) -> bool {
    let Some(tolerance) = tolerance else {
        return found == expected;
    };
    let number = |cell: &Option<String>| cell.as_ref().unwrap().parse::<f64>().unwrap();
    found.len() == expected.len()
        && found
            .iter()
            .flatten()
            .zip(expected.iter().flatten())
            .all(|(a, b)| (number(a) - number(b)).abs() <= tolerance)
}

fn events(case: &Value) -> Events {
    let events = case["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| Event {
            timestamp: event["timestamp_ms"].as_i64().unwrap(),
            message: event["message"].as_str().unwrap().to_owned(),
        });
    let group = case["log_group"].as_str().unwrap_or("/app");
    Events {
        events: events.collect(),
        log: format!("000000000000:{group}"),
        chunk: 1000,
    }
}
