use std::io::{self, Write};

use belfry_engine::diag::render_json;
use serde_json::{Value, json};

use super::Tested;
use crate::report::place::line_and_column;
use crate::testing::{Failure, Side, TestFile};

/// One object with everything.
pub fn write_tested_json(out: &mut dyn Write, tested: &Tested<'_>) -> io::Result<()> {
    writeln!(out, "{:#}", tested_json(tested))
}

/// The same as a value, for reports that hold more.
pub fn tested_json(tested: &Tested<'_>) -> Value {
    let tests = tested.each().map(|(file, test, outcome)| {
        let failures: Vec<Value> = outcome.failures.iter().map(|f| failure(f, file)).collect();
        json!({
            "file": tested.path(&file.path),
            "name": test.name,
            "line": line_and_column(&file.source, test.at.start).0,
            "passed": outcome.is_passed(),
            "failures": failures,
        })
    });
    let tests: Vec<Value> = tests.collect();
    json!({
        "version": 1,
        "passed": tested.outcomes.len() - tested.failed(),
        "failed": tested.failed(),
        "tests": tests,
    })
}

fn failure(failure: &Failure, file: &TestFile) -> Value {
    let diagnostic = std::slice::from_ref(&failure.diagnostic);
    let (line, column) = line_and_column(&file.source, failure.diagnostic.primary.span.start);
    let sides: Vec<Value> = failure.sides.iter().map(side).collect();
    json!({
        "line": line,
        "column": column,
        "finding": render_json(diagnostic, &file.source)[0],
        "sides": sides,
    })
}

fn side(side: &Side) -> Value {
    json!({
        "place": side.place,
        "expected": side.expected,
        "got": side.got,
        "equal": side.is_equal(),
        "reason": side.reason,
    })
}
