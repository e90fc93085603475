//! One failed test in every format.

use std::path::Path;

use belfry_engine::diag::{Diagnostic, Span, test as codes};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;

use super::*;
use crate::testing::{Failure, Outcome, Side, Test, TestFile};

const SOURCE: &str = "[[test]]\nname = \"50 %: a < b & \\\"c\\\"\"\ntimeline = []\n";

fn files() -> Vec<TestFile> {
    let name = "50 %: a < b & \"c\"\u{1}";
    let test = Test {
        name: name.to_owned(),
        at: Span::new(16, 40),
        start: belfry_engine::base::Millis(0),
        lasts: 60_000,
        feeds: Vec::new(),
        expected: Vec::new(),
    };
    vec![TestFile {
        path: "suite-tests/a, b.toml".to_owned(),
        source: SOURCE.to_owned(),
        tests: vec![
            test.clone(),
            Test {
                name: "quiet".to_owned(),
                ..test
            },
        ],
        exempt: Vec::new(),
        equivalent: Vec::new(),
    }]
}

fn outcomes() -> Vec<Outcome> {
    let place = SOURCE.find("timeline").unwrap();
    let diagnostic = Diagnostic::error(
        &codes::WRONG_TIMELINE,
        Span::new(place, place + 8),
        "the alarm `a]]>` went another way",
    );
    let side = |place: &str, expected: &str, got: &str, reason: &str| Side {
        place: place.to_owned(),
        expected: expected.to_owned(),
        got: got.to_owned(),
        reason: reason.to_owned(),
    };
    let failure = Failure {
        diagnostic,
        sides: vec![
            side("1m", "OK", "OK", ""),
            side("12m", "", "ALARM", "Threshold Crossed: 100% <of> it"),
        ],
    };
    let failed = Outcome {
        failures: vec![failure],
        ..Outcome::default()
    };
    let passed = Outcome {
        test: 1,
        ..Outcome::default()
    };
    vec![failed, passed]
}

fn written(write: fn(&mut dyn std::io::Write, &Tested<'_>) -> std::io::Result<()>) -> String {
    let (files, outcomes) = (files(), outcomes());
    let tested = Tested {
        files: &files,
        outcomes: &outcomes,
        prefix: Path::new("ops"),
    };
    let mut text = Vec::new();
    write(&mut anstream::StripStream::new(&mut text), &tested).unwrap();
    String::from_utf8(text).unwrap()
}

#[test]
fn people_see_both_sides_beside_each_other() {
    let text = written(|out, tested| write_tested(out, tested, false));
    insta::assert_snapshot!(text.replace('\u{1}', "?"), @r###"
    ops/suite-tests/a, b.toml
      FAILED  50 %: a < b & "c"
        ok    quiet

    50 %: a < b & "c": ops/suite-tests/a, b.toml

    error[T0201]: the alarm `a]]>` went another way
     --> ops/suite-tests/a, b.toml:3:1
      |
    3 | timeline = []
      | ^^^^^^^^
             expected  got
        1m   OK        OK
      ! 12m            ALARM
                       Threshold Crossed: 100% <of> it

    2 tests, 1 failed
    "###);
}

#[test]
fn an_annotation_is_one_line_with_everything_escaped() {
    insta::assert_snapshot!(written(write_github).replace('\u{1}', "?"), @r###"
    ::error file=ops/suite-tests/a%2C b.toml,line=3,col=1,title=T0201 the timeline of an alarm differs::the alarm `a]]>` went another way%0A50 %25: a < b & "c"%0A         expected  got%0A    1m   OK        OK%0A  ! 12m            ALARM%0A                   Threshold Crossed: 100%25 <of> it
    "###);
}

#[test]
fn junit_reads_back_with_an_xml_parser_of_its_own() {
    let xml = written(write_junit);
    let mut reader = Reader::from_str(&xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => break,
            Event::Start(tag) | Event::Empty(tag) => {
                let name = tag.name().as_ref().to_owned();
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap();
                    let key = attribute.key.as_ref().to_owned();
                    let value = quick_xml::escape::unescape(&attribute.value).unwrap();
                    found.push(format!("{name} {key} {value}"));
                }
            }
            _ => {}
        }
    }
    insta::assert_snapshot!(found.join("\n"), @r###"
    testsuites name belfry
    testsuites tests 2
    testsuites failures 1
    testsuites errors 0
    testsuite name ops/suite-tests/a, b.toml
    testsuite tests 2
    testsuite failures 1
    testsuite errors 0
    testsuite skipped 0
    testcase name 50 %: a < b & "c"�
    testcase classname ops/suite-tests/a, b.toml
    testcase file ops/suite-tests/a, b.toml
    testcase line 2
    failure message the alarm `a]]>` went another way
    failure type T0201
    testcase name quiet
    testcase classname ops/suite-tests/a, b.toml
    testcase file ops/suite-tests/a, b.toml
    testcase line 2
    "###);
}

#[test]
fn json_says_where_and_both_sides() {
    let value: Value = serde_json::from_str(&written(write_tested_json)).unwrap();
    let failure = &value["tests"][0]["failures"][0];
    assert_eq!(failure["line"], 3);
    assert_eq!(failure["finding"]["code"], "T0201");
    assert_eq!(failure["sides"][1]["got"], "ALARM");
    assert_eq!((&value["passed"], &value["failed"]), (&1.into(), &1.into()));
}
