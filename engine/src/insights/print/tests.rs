use proptest::prelude::*;
use regex::Regex;

use super::strategy;
use crate::diag::{Span, has_errors};
use crate::insights::ast::{Ast, Command, CommandKind};
use crate::insights::parse::parse;

/// What an `Ast` says, without places and labels.
fn meaning(ast: &Ast) -> String {
    let places = Regex::new(r#"Span \{ start: \d+, end: \d+ \}|label: "(\\.|[^"\\])*""#).unwrap();
    places.replace_all(&format!("{ast:?}"), "_").into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]
    #[test]
    fn a_printed_condition_reads_as_the_same_condition(condition in strategy::expr()) {
        let printed = format!("filter {condition}");
        let (read, diagnostics) = parse(&printed);
        prop_assert!(!has_errors(&diagnostics), "{}\n{:?}", printed, diagnostics);
        let ast = Ast {
            source: None,
            commands: vec![Command {
                span: Span::default(),
                kind: CommandKind::Filter(condition),
            }],
        };
        prop_assert_eq!(meaning(&read), meaning(&ast), "{}", printed);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn a_printed_query_reads_as_the_same_query(ast in strategy::ast()) {
        let printed = ast.to_string();
        let (read, diagnostics) = parse(&printed);
        prop_assert!(!has_errors(&diagnostics), "{}\n{:?}", printed, diagnostics);
        prop_assert_eq!(meaning(&read), meaning(&ast), "{}", printed);
        prop_assert_eq!(read.to_string(), printed);
    }
}

#[test]
fn brackets_and_backticks_stand_only_where_they_are_needed() {
    let table = [
        ("FILTER (a) = (1 + (2 * 3))", "filter a = 1 + 2 * 3"),
        ("filter (a - (b - c)) > 0", "filter a - (b - c) > 0"),
        ("filter !(a or b) and (c)", "filter not (a or b) and c"),
        ("fields `a`.`b c`, (-2)^2", "fields a.`b c`, (-2) ^ 2"),
        ("where a =~ /x/", "filter a like /x/"),
    ];
    for (written, printed) in table {
        assert_eq!(parse(written).0.to_string(), printed);
    }
}

#[test]
fn a_printed_public_query_reads_as_the_same_query() {
    const QUERIES: &str = include_str!("../../../tests/data/insights-queries.jsonl");
    let mut read = 0;
    for line in QUERIES.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let (ast, diagnostics) = parse(row["query"].as_str().unwrap());
        if !has_errors(&diagnostics) {
            let printed = ast.to_string();
            let (again, _) = parse(&printed);
            assert_eq!(meaning(&again), meaning(&ast), "{printed}");
            read += 1;
        }
    }
    assert!(read > 150, "{read}");
}
