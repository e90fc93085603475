//! Queries that people published (`data/insights-queries.jsonl`; each row names source and licence).

use belfry_engine::diag::{Severity, render_text};
use belfry_engine::insights::compile;

const QUERIES: &str = include_str!("../data/insights-queries.jsonl");

#[test]
fn a_public_query_is_accepted_or_refused_with_a_place() {
    let (mut accepted, mut refused) = (0, 0);
    for line in QUERIES.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = row["query"].as_str().unwrap();
        match compile(text) {
            Ok(_) => accepted += 1,
            Err(diagnostics) => {
                refused += 1;
                let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
                assert!(errors.clone().count() > 0, "{text}");
                for error in errors {
                    let span = error.primary.span;
                    assert!(text.get(span.start..span.end).is_some(), "{text}: {error}");
                    println!("{} {error}", row["id"].as_str().unwrap());
                }
            }
        }
    }
    println!("{accepted} accepted, {refused} refused");
    assert_eq!((accepted, refused), (231, 64));
}

#[test]
fn no_cut_of_a_public_query_panics() {
    for line in QUERIES.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = row["query"].as_str().unwrap();
        for (at, _) in text.char_indices().step_by(23) {
            for cut in [&text[..at], &text[at..]] {
                if let Err(diagnostics) = compile(cut) {
                    assert!(!render_text(&diagnostics, cut, "query", false).is_empty());
                }
            }
        }
    }
}
