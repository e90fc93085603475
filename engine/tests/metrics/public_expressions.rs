//! Metrics Insights queries and metric math that people published (`data/*.jsonl`; each row names source and licence).

use std::fmt::Write;
use std::path::Path;

use belfry_engine::diag::Diagnostic;
use belfry_engine::metrics::math::Expression;
use belfry_engine::metrics::sql::SqlQuery;

use crate::case_files::check;

const QUERIES: &str = include_str!("../data/metrics-insights-queries.jsonl");
const EXPRESSIONS: &str = include_str!("../data/metric-math-expressions.jsonl");

fn refusal(text: &str) -> Option<Vec<Diagnostic>> {
    if SqlQuery::is_meant(text) {
        SqlQuery::parse(text).err()
    } else {
        Expression::parse(text).err()
    }
}

/// What becomes of each row, one line each.
fn listed(rows: &str, member: &str) -> String {
    let mut out = String::new();
    for line in rows.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let (id, text) = (row["id"].as_str().unwrap(), row[member].as_str().unwrap());
        match refusal(text) {
            None => writeln!(out, "{id} accepted: {text}").unwrap(),
            Some(wrong) => {
                assert!(!wrong.is_empty());
                writeln!(out, "{id} refused: {text}").unwrap();
                for one in wrong {
                    let span = one.primary.span;
                    assert!(text.get(span.start..span.end).is_some());
                    writeln!(out, "  {one} at character {}", span.start + 1).unwrap();
                }
            }
        }
    }
    out
}

fn compare(name: &str, computed: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/metrics");
    let path = folder.join(name);
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    check(&path, &written, computed);
}

#[test]
fn a_public_query_is_accepted_or_refused_with_a_place() {
    compare("public-queries.txt", &listed(QUERIES, "sql"));
}

#[test]
fn a_public_expression_is_accepted_or_refused_with_a_place() {
    compare("public-expressions.txt", &listed(EXPRESSIONS, "expression"));
}

#[test]
fn a_query_prints_as_a_text_that_reads_back_as_itself() {
    for line in QUERIES.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        if let Ok(query) = SqlQuery::parse(row["sql"].as_str().unwrap()) {
            assert_eq!(SqlQuery::parse(&query.to_string()).unwrap(), query);
        }
    }
}

#[test]
fn no_cut_of_a_public_query_panics() {
    for line in QUERIES.lines().chain(EXPRESSIONS.lines()) {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = row["sql"].as_str().or(row["expression"].as_str()).unwrap();
        for (at, _) in text.char_indices() {
            refusal(&text[..at]);
            refusal(&text[at..]);
        }
    }
}
