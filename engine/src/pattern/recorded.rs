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
    let cases = read("aws.json");
    let gaps: BTreeMap<String, String> = serde_json::from_value(read("known-gaps.json")).unwrap();
    let mut wrong = Vec::new();
    for case in cases["cases"].as_array().unwrap() {
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
