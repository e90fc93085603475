use belfry_engine::diag::{Diagnostic, test as codes};

use super::file::{Defaults, start};
use super::reader::Clock;
use super::{Reader, alarm, dashboard, events, query, series, value};
use crate::suite::section::Section;
use crate::testing::{Expected, Test, duration};

/// What stands in where a test does not say how long it lasts, so that the rest can be read.
const UNSAID: i64 = 365 * 86_400_000;

/// `[[test]]`.
pub(super) fn read(
    cx: &mut Vec<Diagnostic>,
    mut section: Section<'_>,
    reader: &Reader<'_>,
    defaults: &Defaults,
) -> Option<Test> {
    let before = cx.len();
    let name = section.required_string(cx, "name");
    let start = start(cx, &mut section).unwrap_or(defaults.start);
    let lasts = lasts(cx, &mut section, defaults);
    let clock = Clock { start, lasts };
    let mut feeds = Vec::new();
    for given in section.tables(cx, "log") {
        events::read(cx, given, reader, clock, defaults, &mut feeds);
    }
    for given in section.tables(cx, "series") {
        series::read(cx, given, reader, clock, &mut feeds);
    }
    let expected = expected(cx, &mut section, reader, clock);
    if expected.is_empty() && cx.len() == before {
        let at = name.as_ref().map_or(section.at(), |name| name.at);
        cx.push(
            Diagnostic::error(&codes::NOTHING_EXPECTED, at, "the test expects nothing")
                .help("add [[test.alarm]], [[test.value]], [[test.query]] or [[test.dashboard]]"),
        );
    }
    section.finish(cx);
    // What arrives at the same moment arrives in the order of the file.
    feeds.sort_by_key(|feed| feed.at);
    let name = name?;
    Some(Test {
        name: name.value,
        at: name.at,
        start,
        lasts,
        feeds,
        expected,
    })
}

fn lasts(cx: &mut Vec<Diagnostic>, section: &mut Section<'_>, defaults: &Defaults) -> i64 {
    match (section.has("lasts"), defaults.lasts) {
        (true, _) => duration::key(cx, section, "lasts").map_or(UNSAID, |(lasts, _)| lasts),
        (false, Some(lasts)) => lasts,
        (false, None) => {
            section.missing(cx, "lasts", "how long the test watches, such as \"30m\"");
            UNSAID
        }
    }
}

fn expected(
    cx: &mut Vec<Diagnostic>,
    section: &mut Section<'_>,
    reader: &Reader<'_>,
    clock: Clock,
) -> Vec<Expected> {
    let mut expected = Vec::new();
    for part in section.tables(cx, "alarm") {
        expected.extend(alarm::read(cx, part, reader, clock).map(Expected::Alarm));
    }
    for part in section.tables(cx, "value") {
        expected.extend(value::read(cx, part, reader, clock).map(Expected::Value));
    }
    for part in section.tables(cx, "query") {
        expected.extend(query::read(cx, part, reader, clock).map(Expected::Query));
    }
    for part in section.tables(cx, "dashboard") {
        expected.extend(dashboard::read(cx, part, reader, clock).map(Expected::Dashboard));
    }
    expected
}
