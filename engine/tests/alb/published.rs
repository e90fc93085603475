use std::collections::BTreeMap;
use std::fs;

use belfry_engine::alb::{ACCESS, AccessLogEntry, Entry, print_line};

/// File and number of a line that is refused, and why.
const REFUSED: &[(&str, usize, &str)] = &[
    // A JSON object that another tool has put behind the entry.
    (
        "aws-solutions__centralized-logging-with-opensearch",
        4,
        "byte 648: a quote in the middle of a field",
    ),
    (
        "aws-solutions__centralized-logging-with-opensearch",
        5,
        "byte 701: a quote in the middle of a field",
    ),
];

/// Lines that their writers had not as AWS writes them: they are read, and printed as AWS would.
const OTHERWISE: &[(&str, usize)] = &[
    // A backslash of an escape was escaped once more.
    ("jSherz__alb-logs-parser", 48),
    // Quotes are missing.
    ("nekrassov01__access-log-parser", 2),
    ("shiimaxx__cloudwatch-alb-path-metrics", 1),
    ("shiimaxx__cloudwatch-alb-path-metrics", 2),
    ("shiimaxx__cloudwatch-alb-path-metrics", 3),
    ("shiimaxx__cloudwatch-alb-path-metrics", 4),
    ("shiimaxx__cloudwatch-alb-path-metrics", 5),
];

fn lines() -> Vec<(String, usize, String)> {
    let mut lines = Vec::new();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/alb");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "log") {
            continue;
        }
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(&path).unwrap();
        let numbered = text.lines().enumerate();
        lines.extend(numbered.map(|(number, line)| (name.clone(), number + 1, line.to_owned())));
    }
    lines.sort();
    lines
}

#[test]
fn every_published_line_is_read_or_refused_for_a_reason_that_is_known() {
    let mut refused = Vec::new();
    for (name, number, line) in lines() {
        if let Err(error) = AccessLogEntry::parse(&line) {
            refused.push((name, number, error.to_string()));
        }
    }
    let refused: Vec<_> = refused
        .iter()
        .map(|(name, number, why)| (&**name, *number, &**why))
        .collect();
    assert_eq!(refused, REFUSED);
}

#[test]
fn lines_of_many_years_lengths_are_among_them() {
    let mut lengths = BTreeMap::new();
    for (.., line) in lines() {
        if let Ok(entry) = AccessLogEntry::parse(&line) {
            *lengths.entry(entry.entry().fields().count()).or_insert(0) += 1;
        }
    }
    let lengths: Vec<_> = lengths.into_iter().collect();
    assert_eq!(
        lengths,
        [
            (18, 1),
            (21, 1),
            (25, 67),
            (27, 1),
            (28, 1),
            (29, 91),
            (30, 14),
            (33, 1)
        ]
    );
}

#[test]
fn a_published_line_is_printed_as_it_was_read() {
    let mut otherwise = Vec::new();
    for (name, number, line) in lines() {
        let Ok(entry) = Entry::parse(&ACCESS, &line) else {
            continue;
        };
        let texts: Vec<_> = entry.fields().map(|field| field.unescaped()).collect();
        let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
        if print_line(&ACCESS, &texts).unwrap() != line {
            otherwise.push((name, number));
        }
    }
    let otherwise: Vec<_> = otherwise
        .iter()
        .map(|(name, number)| (&**name, *number))
        .collect();
    assert_eq!(otherwise, OTHERWISE);
}

#[test]
fn every_entry_has_its_time_its_client_and_what_was_asked_for() {
    for (name, number, line) in lines() {
        let Ok(entry) = AccessLogEntry::parse(&line) else {
            continue;
        };
        assert!(entry.time().is_some(), "{name} {number}");
        assert!(
            entry.client().and_then(|client| client.ip()).is_some(),
            "{name} {number}"
        );
        assert!(entry.request().url.is_some(), "{name} {number}");
        let target = entry.entry().value("target:port");
        assert_eq!(
            entry.target().is_some(),
            target.is_some(),
            "{name} {number}"
        );
    }
}
