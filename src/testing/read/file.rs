use belfry_engine::base::Millis;
use belfry_engine::diag::{Diagnostic, Span, suite as codes};
use toml::de::DeTable;

use super::{Reader, test};
use crate::suite::names::no_duplicates;
use crate::suite::section::{Section, Text, span};
use crate::testing::{Exemption, TestFile, duration};

/// Where a test begins that does not say so: noon of a Monday, on the boundary of every period up to six hours.
const START: Millis = Millis(1_767_614_400_000);

/// What the tests of a file share.
#[derive(Clone, Debug)]
pub(super) struct Defaults {
    pub(super) start: Millis,
    pub(super) lasts: Option<i64>,
    pub(super) log_group: Option<Text>,
}

/// Reads one file; what is wrong is noted, and the rest is read all the same.
pub(super) fn read(cx: &mut Vec<Diagnostic>, reader: &Reader<'_>, path: &str) -> TestFile {
    let (document, errors) = DeTable::parse_recoverable(reader.source);
    cx.extend(errors.iter().map(|error| {
        let at = error.span().map(span).unwrap_or_default();
        Diagnostic::error(&codes::NOT_TOML, at, error.message().to_owned())
    }));
    let mut root = Section::new("a test file", document.get_ref(), Span::new(0, 0));
    let defaults = defaults(cx, &mut root);
    let mut tests = Vec::new();
    for section in root.tables(cx, "test") {
        tests.extend(test::read(cx, section, reader, &defaults));
    }
    let exempt = exemptions(cx, &mut root, "exempt", "point");
    let equivalent = exemptions(cx, &mut root, "equivalent", "mutant");
    root.finish(cx);
    let names = tests.iter().map(|test| (test.name.as_str(), test.at));
    no_duplicates(cx, "test of the file", names);
    TestFile {
        path: path.to_owned(),
        source: reader.source.to_owned(),
        tests,
        exempt,
        equivalent,
    }
}

fn defaults(cx: &mut Vec<Diagnostic>, root: &mut Section<'_>) -> Defaults {
    let mut defaults = Defaults {
        start: START,
        lasts: None,
        log_group: None,
    };
    if let Some(mut section) = root.table(cx, "defaults") {
        defaults.start = start(cx, &mut section).unwrap_or(START);
        defaults.lasts = duration::key(cx, &mut section, "lasts").map(|(lasts, _)| lasts);
        defaults.log_group = section.string(cx, "log_group");
        section.finish(cx);
    }
    defaults
}

/// The moment under `start`.
pub(super) fn start(cx: &mut Vec<Diagnostic>, section: &mut Section<'_>) -> Option<Millis> {
    let text = section.string(cx, "start")?;
    let start = Millis::parse_rfc3339(&text.value);
    if start.is_none() {
        let message = format!("`{}` is no moment", text.value);
        cx.push(
            Diagnostic::error(&codes::WRONG_VALUE, text.at, message)
                .help("write date, time and zone: `2026-01-05T12:00:00Z`"),
        );
    }
    start
}

fn exemptions(
    cx: &mut Vec<Diagnostic>,
    root: &mut Section<'_>,
    list: &'static str,
    name: &'static str,
) -> Vec<Exemption> {
    let mut found = Vec::new();
    for mut section in root.tables(cx, list) {
        let what = section.required_string(cx, name);
        let reason = section.required_string(cx, "reason");
        section.finish(cx);
        if let (Some(what), Some(reason)) = (what, reason) {
            found.push(Exemption {
                name: what.value,
                reason: reason.value,
                at: what.at,
            });
        }
    }
    found
}
