use std::io::{self, Write};

use quick_xml::escape::escape;

use super::Tested;
use super::sides::plain;
use crate::report::place::line_and_column;
use crate::testing::{Failure, Outcome, Test, TestFile};

/// JUnit's XML, as CI servers read it: a suite for each file. Times are left out, so that equal runs give equal
/// files.
pub fn write_junit(out: &mut dyn Write, tested: &Tested<'_>) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    let (all, failed) = (tested.outcomes.len(), tested.failed());
    writeln!(
        out,
        "<testsuites name=\"belfry\" tests=\"{all}\" failures=\"{failed}\" errors=\"0\">"
    )?;
    for (number, file) in tested.files.iter().enumerate() {
        let own: Vec<&Outcome> = tested
            .outcomes
            .iter()
            .filter(|o| o.file == number)
            .collect();
        if !own.is_empty() {
            write_file(out, tested, file, &own)?;
        }
    }
    writeln!(out, "</testsuites>")
}

fn write_file(
    out: &mut dyn Write,
    tested: &Tested<'_>,
    file: &TestFile,
    outcomes: &[&Outcome],
) -> io::Result<()> {
    let path = attribute(&tested.path(&file.path));
    let failed = outcomes.iter().filter(|o| !o.is_passed()).count();
    let all = outcomes.len();
    writeln!(
        out,
        "  <testsuite name=\"{path}\" tests=\"{all}\" failures=\"{failed}\" errors=\"0\" skipped=\"0\">"
    )?;
    for outcome in outcomes {
        if let Some(test) = file.tests.get(outcome.test) {
            write_test(out, &path, file, test, outcome)?;
        }
    }
    writeln!(out, "  </testsuite>")
}

fn write_test(
    out: &mut dyn Write,
    path: &str,
    file: &TestFile,
    test: &Test,
    outcome: &Outcome,
) -> io::Result<()> {
    let name = attribute(&test.name);
    let (line, _) = line_and_column(&file.source, test.at.start);
    let head = format!(
        "    <testcase name=\"{name}\" classname=\"{path}\" file=\"{path}\" line=\"{line}\""
    );
    if outcome.is_passed() {
        return writeln!(out, "{head}/>");
    }
    writeln!(out, "{head}>")?;
    for failure in &outcome.failures {
        write_failure(out, path, file, failure)?;
    }
    writeln!(out, "    </testcase>")
}

fn write_failure(
    out: &mut dyn Write,
    path: &str,
    file: &TestFile,
    failure: &Failure,
) -> io::Result<()> {
    let diagnostic = &failure.diagnostic;
    let (line, column) = line_and_column(&file.source, diagnostic.primary.span.start);
    let message = attribute(&diagnostic.message);
    let code = diagnostic.code.name;
    let sides = content(&plain(&failure.sides));
    write!(
        out,
        "      <failure message=\"{message}\" type=\"{code}\">{path}:{line}:{column}: "
    )?;
    writeln!(out, "{}\n{sides}</failure>", content(&diagnostic.message))
}

/// A text between tags. What no XML document may hold is shown as U+FFFD.
fn content(text: &str) -> String {
    let allowed = |c: char| match c {
        '\t' | '\n' | '\r' => c,
        c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => '\u{fffd}',
        c => c,
    };
    let text: String = text.chars().map(allowed).collect();
    escape(&text).replace('\r', "&#xD;")
}

/// A text between quotes, where readers would turn line breaks into blanks.
fn attribute(text: &str) -> String {
    content(text).replace('\n', "&#xA;").replace('\t', "&#x9;")
}
