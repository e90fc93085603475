//! Runs the recorded cases, and properties that hold for any text.

use std::collections::BTreeMap;
use std::path::Path;

use proptest::prelude::*;
use serde_json::Value;

use super::FilterPattern;

fn read(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases/pattern")
        .join(name);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What is wrong with one case; `None` where it passes.
fn failure(case: &Value) -> Option<String> {
    let pattern = case["pattern"].as_str().unwrap();
    let parsed = FilterPattern::parse(pattern);
    if let Some(error) = case.get("error") {
        return match (parsed, error.get("message")) {
            (Ok(_), _) => Some(format!("accepted, expected {error}")),
            (Err(found), Some(text)) if found.message != *text => {
                Some(format!("refused with {:?}, expected {text}", found.message))
            }
            (Err(_), _) => None,
        };
    }
    let parsed = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return Some(format!("refused: {error}")),
    };
    let message = case["message"].as_str().unwrap();
    let found = parsed.extract(message);
    if found.is_some() != case["matches"].as_bool().unwrap()
        || found.is_some() != parsed.matches(message)
    {
        return Some(format!("matched: {}", found.is_some()));
    }
    let expected: Option<BTreeMap<String, String>> = case
        .get("extracted")
        .map(|e| serde_json::from_value(e.clone()).unwrap());
    match (expected, found) {
        (Some(expected), Some(found)) if expected != found => Some(format!("extracted {found:?}")),
        _ => None,
    }
}

#[test]
fn recorded_cases_pass_but_for_the_known_gaps() {
    let (recorded, guide) = (read("aws.json"), read("guide.json"));
    let cases = [&recorded, &guide].map(|file| file["cases"].as_array().unwrap());
    let gaps: BTreeMap<String, String> = serde_json::from_value(read("known-gaps.json")).unwrap();
    let mut wrong = Vec::new();
    for case in cases.into_iter().flatten() {
        let id = case["id"].as_str().unwrap();
        match (failure(case), gaps.get(id)) {
            (Some(failure), None) => wrong.push(format!(
                "{id} {} {}: {failure}",
                case["pattern"], case["message"]
            )),
            (None, Some(_)) => wrong.push(format!("{id} passes: take it out of known-gaps.json")),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Refusals recorded from AWS that are not in the case file.
const REFUSED: &[(&str, &str)] = &[
    ("ERR*", "Invalid character(s) in term '*'"),
    ("ERROR:", "Invalid character(s) in term ':'"),
    ("a/b", "Invalid character(s) in term '/'"),
    ("\"ERROR\"WARN", "Invalid metric filter pattern"),
    ("{ $.a = 1 AND $.b = 2 }", "Invalid metric filter pattern"),
    ("{ $.a = null }", "Invalid metric filter pattern"),
    ("[a == 1]", "Invalid metric filter pattern"),
    ("%\\(ab\\)%", "Invalid character(s) in term '%\\('"),
    ("%%", "Invalid character(s) in term '%%'"),
    ("ERROR %WARN%", "Invalid character(s) in term '%'"),
    ("?%WARN%", "Invalid character(s) in term '%'"),
    (
        "{ $.a = 1 } x",
        "If a filter pattern starts with '{' it must end with '}'",
    ),
    ("[a, a]", "Duplicate field 'a'"),
];

#[test]
fn refusals_carry_the_recorded_texts() {
    for (pattern, text) in REFUSED {
        assert_eq!(
            FilterPattern::parse(pattern).unwrap_err().message,
            *text,
            "{pattern}"
        );
    }
}

/// A wildcard with `!=`: the parent is there, and no value equals (recorded from AWS).
#[test]
fn a_wildcard_that_must_not_equal_looks_at_the_parent() {
    let plain = FilterPattern::parse("{ $.a[*] != 2 }").unwrap();
    for message in [
        "{\"a\":null}",
        "{\"a\":2}",
        "{\"a\":[]}",
        "{\"a\":[1]}",
        "{\"a\":[[1,2]]}",
        "{\"a\":[true,false]}",
    ] {
        assert!(plain.matches(message), "{message}");
    }
    for message in [
        "{}",
        "{\"a\":[1,2]}",
        "{\"a\":[null,2]}",
        "{\"a\":{\"b\":2}}",
    ] {
        assert!(!plain.matches(message), "{message}");
    }
}

#[test]
fn patterns_at_their_limits_are_accepted_and_beyond_refused() {
    let wildcards = |n: usize| format!("{{ {} }}", vec!["$.a[*] = 1"; n].join(" && "));
    assert!(FilterPattern::parse(&wildcards(3)).is_ok());
    assert_eq!(
        FilterPattern::parse(&wildcards(4)).unwrap_err().code.name,
        "P0105"
    );
    assert!(FilterPattern::parse(&"x".repeat(1024)).is_ok());
    assert_eq!(
        FilterPattern::parse(&"x".repeat(1025))
            .unwrap_err()
            .code
            .name,
        "P0105"
    );
    let nested = format!("{{ {}$.a = 1{} }}", "(".repeat(500), ")".repeat(500));
    assert!(FilterPattern::parse(&nested).unwrap().matches("{\"a\":1}"));
}

#[test]
fn selectors_read_values_of_json_and_of_fields() {
    use super::Extracted::{Missing, Number, Other, Text};
    let json = FilterPattern::parse("{ $.a = * || $.b = * }").unwrap();
    let message = r#"{"a":{"x.y":[1,"2.5","n/a",true,null,1e309]},"b":-0.0}"#;
    let found = |n: usize| json.select(message, &format!("$.a.['x.y'][{n}]"));
    assert_eq!(
        [found(0), found(1), found(2)],
        [Number(1.0), Number(2.5), Text("n/a".to_owned())]
    );
    assert_eq!(
        [found(3), found(4), found(5), found(6)],
        [Other, Missing, Other, Missing]
    );
    assert_eq!(json.select_text(message, "$.b").as_deref(), Some("-0.0"));
    let fields = FilterPattern::parse("[ip, ..., bytes]").unwrap();
    assert_eq!(fields.select("10.0.0.1 GET 512", "$bytes"), Number(512.0));
    assert_eq!(
        fields.select("10.0.0.1 GET 512", "$2"),
        Text("GET".to_owned())
    );
    assert!(fields.accepts_selector("$7") && !fields.accepts_selector("$size"));
    assert!(!json.accepts_selector("$.a[*]") && json.accepts_selector("$.other"));
}

/// Texts made of the language's own pieces, so that many of them parse.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        "%",
        "\"",
        "$.a",
        "$.a[*]",
        "$.['a.b']",
        "[0]",
        ".*",
        " = ",
        "!=",
        ">",
        "1",
        "1e3",
        "-2.5",
        "a",
        "*",
        "é",
        " && ",
        "||",
        "(",
        ")",
        ",",
        "...",
        " IS ",
        "NULL",
        "NOT EXISTS",
        "a{1,2}",
        "\\d",
        "[a-z]",
        "+",
        "?",
        "-",
        ":",
        "x",
        "null",
    ]);
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn wrapped() -> impl Strategy<Value = String> {
    (pieces(), 0..4usize).prop_map(|(inner, kind)| match kind {
        0 => format!("{{ {inner} }}"),
        1 => format!("[{inner}]"),
        2 => format!("%{inner}%"),
        _ => inner,
    })
}

proptest! {
    #[test]
    fn any_pattern_and_message_are_answered(pattern in wrapped(), message in pieces()) {
        match FilterPattern::parse(&pattern) {
            Ok(parsed) => {
                let message = format!("{{\"a\":[{{\"b\":1}},\"{message}\"]}}");
                prop_assert_eq!(parsed.matches(&message), parsed.extract(&message).is_some());
                parsed.select(&message, "$.a[0].b");
            }
            Err(error) => prop_assert!(pattern.get(error.span.start..error.span.end).is_some()),
        }
    }

    #[test]
    fn any_text_at_all_is_answered(pattern in ".{0,40}", message in ".{0,40}") {
        if let Ok(parsed) = FilterPattern::parse(&pattern) {
            parsed.matches(&message);
        }
    }

    #[test]
    fn a_quoted_phrase_is_a_substring_test(phrase in "[^\"]{1,8}", message in ".{0,20}") {
        let parsed = FilterPattern::parse(&format!("\"{phrase}\"")).unwrap();
        prop_assert_eq!(parsed.matches(&message), message.contains(&phrase));
    }
}
