//! A set of patterns says what each of them says alone.

use proptest::prelude::*;

use super::PatternSet;
use crate::pattern::FilterPattern;

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
    "{ $.ms >= 100 }",
    "{ $.ms > 1e2 }",
    "{ $.ms < 100 }",
    "{ $.ms <= 100.0 && $.ms > -5 }",
    "{ $.ms = 1e2 || $.ms = 1000 }",
    "{ $.ms != 100 }",
    "{ $.ms > 9007199254740992 }",
    "{ $.ms < 1e400 }",
    "{ $.ms = 0 }",
    "{ $.ok IS FALSE || $.a.b = 5 }",
    "{ $.a.b.c = \"x\" }",
    "{ $.a.b.c = * && $.level NOT EXISTS }",
    "{ ($.user IS NULL || $.tags[0] = \"a\") && $.ok IS TRUE }",
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

fn check<'m>(patterns: &[FilterPattern], messages: impl IntoIterator<Item = &'m str>) {
    let set = PatternSet::new(patterns);
    let alone: Vec<_> = patterns.iter().map(|p| PatternSet::new([p])).collect();
    let mut reader = set.reader();
    let mut readers: Vec<_> = alone.iter().map(PatternSet::reader).collect();
    for message in messages {
        let look = reader.look(message);
        for (place, (pattern, reader)) in patterns.iter().zip(&mut readers).enumerate() {
            let expected = pattern.matches(message);
            let text = format!("pattern {place} on {message}");
            assert_eq!(look.matches(place), expected, "{text}");
            assert_eq!(
                reader.look(message).matches(0),
                expected,
                "{text}, in a set of its own"
            );
        }
        assert!(!look.matches(patterns.len()));
    }
}

#[test]
fn together_patterns_match_what_they_match_alone() {
    let twice = MESSAGES.iter().chain(MESSAGES);
    check(&parsed(PATTERNS), twice.copied());
}

#[test]
fn a_search_for_words_that_does_not_pay_is_left_out_for_a_while() {
    let patterns = parsed(&[
        "{ $.level = \"ERROR\" }",
        "{ $.tags[*] = \"a\" && $.level = \"ERROR\" }",
    ]);
    let messages = MESSAGES
        .iter()
        .chain(["{\"level\":\"ERROR\",\"tags\":[\"a\"]}"; 9].iter())
        .cycle();
    check(&patterns, messages.take(3000).copied());
}

#[test]
fn recorded_patterns_match_together_what_they_match_alone() {
    let cases = include_str!("../../../tests/cases/pattern/aws.json");
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
    check(&patterns, messages.iter().map(String::as_str));
}

/// A member's value, as services and their accidents write it.
fn any_value() -> impl Strategy<Value = String> {
    let written = [
        "\"ERROR\"",
        "\"INFO\"",
        "\"\\u0045RROR\"",
        "\"1\"",
        "\"1000.0\"",
        "\"\"",
        "null",
        "true",
        "false",
        "1",
        "1.0",
        "100",
        "100.0",
        "1e2",
        "1000",
        "-0",
        "-0.0",
        "1e309",
        "-1e309",
        "9007199254740993",
        "1e-999",
        "{}",
        "[]",
        "[null]",
        "[1,\"x\"]",
        "{\"b\":[1,\"x\"]}",
        "{\"b\":{\"c\":\"x\"}}",
        "{\"b\":5}",
        "[\"a\"]",
        "{\"x\":\"a\"}",
        "\"\\ud800\"",
    ];
    prop_oneof![
        prop::sample::select(written.to_vec()).prop_map(str::to_owned),
        (-200..2000_i32).prop_map(|n| n.to_string()),
        (-200.0..2000.0_f64).prop_map(|n| n.to_string()),
    ]
}

fn any_event() -> impl Strategy<Value = String> {
    let key = prop::sample::select(vec![
        "level",
        "ms",
        "user",
        "ok",
        "tags",
        "a",
        "a.b",
        "l\\u0065vel",
    ]);
    prop::collection::vec((key, any_value()), 0..6).prop_map(|members| {
        let members: Vec<_> = members
            .iter()
            .map(|(key, value)| format!("\"{key}\":{value}"))
            .collect();
        format!("{{{}}}", members.join(","))
    })
}

proptest! {
    #[test]
    fn any_text_is_matched_alike(message in "[\\{\\}\\[\\]\":, a-zE-R0-9\\\\]{0,40}") {
        check(&parsed(PATTERNS), [message.as_str()]);
    }

    #[test]
    fn any_events_are_matched_alike(events in prop::collection::vec(any_event(), 1..8)) {
        let twice = events.iter().chain(&events).map(String::as_str);
        check(&parsed(PATTERNS), twice);
    }
}
