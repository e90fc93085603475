//! A set of patterns says what each of them says alone.

use proptest::prelude::*;

use super::{FilterPattern, PatternSet};

const PATTERNS: &[&str] = &[
    "",
    "ERROR",
    "ERROR -timeout",
    "?ERROR ?WARN",
    "-ERROR",
    "\"two words\"",
    "%E.R%",
    "[a, b=ERROR, ...]",
    "[ip, status>=500]",
    "{ $.level = \"ERROR\" }",
    "{ $.level = ERR* }",
    "{ $.level != \"INFO\" }",
    "{ $.level = \"ERROR\" && $.ms > 100 }",
    "{ $.level = \"ERROR\" || $.ms > 100 }",
    "{ $.ms = \"1\" }",
    "{ $.ms = 1 }",
    "{ $.ms = \"1000.0\" }",
    "{ $.ms = * }",
    "{ $.user NOT EXISTS }",
    "{ $.user IS NULL }",
    "{ $.ok IS TRUE }",
    "{ $.tags[*] = \"a\" }",
    "{ $.tags[*] != \"a\" }",
    "{ $.* = \"ERROR\" }",
    "{ $.a.b[1] = \"x\" }",
    "{ $.['a.b'] = \"x\" }",
    "{ $.level = %ERR% }",
    "{ $.level = \"Infinity\" }",
];

const MESSAGES: &[&str] = &[
    "",
    "ERROR",
    "x ERROR timeout",
    "WARN two words",
    "10.0.0.1 503",
    "10.0.0.1 \"503\" x",
    "{\"level\":\"ERROR\",\"ms\":250}",
    "{\"level\":\"\\u0045RROR\",\"ms\":1}",
    "{\"level\":\"INFO\",\"ms\":1e3}",
    "{\"level\":\"INFO\",\"ms\":1e309}",
    "{\"level\":1e309}",
    "{\"level\":null,\"ms\":\"1\"}",
    "{\"level\":[\"ERROR\"],\"user\":null}",
    "{\"level\":\"ERROR\",\"level\":\"INFO\"}",
    "{\"tags\":[\"a\",\"b\"],\"ok\":true}",
    "{\"tags\":{\"x\":\"a\"}}",
    "{\"tags\":null}",
    "{\"a\":{\"b\":[1,\"x\"]},\"a.b\":\"x\"}",
    "{\"l\\u0065vel\":\"ERROR\"}",
    " {\"level\":\"ERROR\"} ",
    "{\"level\":\"ERROR\"} x",
    "[{\"level\":\"ERROR\"}]",
    "{\"level\":\"ERROR\"",
    "{\"level\" : \"ERR\", \"x\":\"ERROR\"}",
];

fn parsed(patterns: &[&str]) -> Vec<FilterPattern> {
    patterns
        .iter()
        .map(|text| FilterPattern::parse(text).unwrap())
        .collect()
}

fn check(patterns: &[FilterPattern], message: &str) {
    let set = PatternSet::new(patterns);
    let look = set.look(message);
    for (place, pattern) in patterns.iter().enumerate() {
        let alone = pattern.matches(message);
        assert_eq!(look.matches(place), alone, "pattern {place} on {message}");
        assert_eq!(
            PatternSet::new([pattern]).look(message).matches(0),
            alone,
            "{message}"
        );
    }
    assert!(!look.matches(patterns.len()));
}

#[test]
fn together_patterns_match_what_they_match_alone() {
    let patterns = parsed(PATTERNS);
    MESSAGES
        .iter()
        .for_each(|message| check(&patterns, message));
}

#[test]
fn recorded_patterns_match_together_what_they_match_alone() {
    let cases = include_str!("../../tests/cases/pattern/aws.json");
    let cases: serde_json::Value = serde_json::from_str(cases).unwrap();
    let cases = cases["cases"].as_array().unwrap();
    let text = |case: &serde_json::Value, name: &str| case[name].as_str().map(str::to_owned);
    let patterns: Vec<_> = cases
        .iter()
        .filter_map(|case| FilterPattern::parse(&text(case, "pattern")?).ok())
        .collect();
    let messages: std::collections::BTreeSet<_> = cases
        .iter()
        .filter_map(|case| text(case, "message"))
        .collect();
    let set = PatternSet::new(&patterns);
    for message in messages {
        let look = set.look(&message);
        for (place, pattern) in patterns.iter().enumerate() {
            assert_eq!(look.matches(place), pattern.matches(&message), "{message}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_matched_alike(message in "[\\{\\}\\[\\]\":, a-zE-R0-9\\\\]{0,40}") {
        check(&parsed(PATTERNS), &message);
    }
}
