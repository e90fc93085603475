//! The cases of `cases/insights/aws.json`, written from AWS's documentation and published outputs.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use belfry_engine::events::LogType;
use belfry_engine::insights::{LookupTable, Parameter, SavedQuery, compile, compile_with};
use serde_json::Value;

use crate::events::{Event, Events, OPTIONS, Others, origin};

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
    let compiled = compile_with(text, &saved_queries(case));
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
    let others = others(case);
    let run = |source: &Events, serial| {
        let pointer = |position: u64| position.to_string();
        let found = query.run_with_sources(source, &OPTIONS, &pointer, &others, serial);
        found.map_err(|error| error.message)
    };
    let found = run(&source, false)?;
    let serial = run(&Events { chunk: 1, ..source }, true)?;
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

fn saved_queries(case: &Value) -> Vec<SavedQuery> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let parameter = |parameter: &Value| Parameter {
        name: text(&parameter["name"]).unwrap(),
        default: text(&parameter["defaultValue"]),
        description: None,
    };
    let saved = case["saved_queries"].as_object().into_iter().flatten();
    let saved = saved.map(|(name, saved)| SavedQuery {
        name: name.clone(),
        text: text(&saved["queryString"]).unwrap(),
        parameters: saved["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .map(parameter)
            .collect(),
    });
    saved.collect()
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

/// The other log groups and the lookup tables of a case.
fn others(case: &Value) -> Others {
    let members = |name: &str| case[name].as_object().cloned().unwrap_or_default();
    let group = |(name, events): (String, Value)| {
        let events = read_events(&events, &name, None);
        (name, events)
    };
    let table = |(name, text): (String, Value)| {
        let table = LookupTable::parse(text.as_str().unwrap()).unwrap();
        (name, Arc::new(table))
    };
    Others {
        groups: members("other_log_groups").into_iter().map(group).collect(),
        tables: members("lookup_tables").into_iter().map(table).collect(),
    }
}

fn events(case: &Value) -> Events {
    read_events(
        &case["events"],
        case["log_group"].as_str().unwrap_or("/app"),
        case["log_type"].as_str().map(log_type),
    )
}

fn log_type(name: &str) -> LogType {
    match name {
        "vpc_flow" => LogType::VpcFlow,
        "route53" => LogType::Route53,
        "lambda" => LogType::Lambda,
        other => panic!("no log type is called {other}"),
    }
}

fn read_events(events: &Value, group: &str, log_type: Option<LogType>) -> Events {
    let events = events.as_array().unwrap().iter().map(|event| Event {
        timestamp: event["timestamp_ms"].as_i64().unwrap(),
        message: event["message"].as_str().unwrap().to_owned(),
    });
    Events {
        events: events.collect(),
        log: format!("000000000000:{group}"),
        origin: origin(log_type),
        chunk: 1000,
    }
}
