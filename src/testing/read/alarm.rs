use belfry_engine::alarms::StateValue;
use belfry_engine::base::Millis;
use belfry_engine::diag::{Diagnostic, suite as suite_codes, test as codes};

use super::Reader;
use super::reader::{Clock, boolean};
use crate::suite::Alarm;
use crate::suite::names::{declared, one_of};
use crate::suite::section::{Section, Text};
use crate::testing::{AlarmExpected, Notified, StateAt};

const STATES: &[&str] = &["OK", "ALARM", "INSUFFICIENT_DATA"];

/// `[[test.alarm]]`.
pub(super) fn read(
    cx: &mut Vec<Diagnostic>,
    mut section: Section<'_>,
    reader: &Reader<'_>,
    clock: Clock,
) -> Option<AlarmExpected> {
    let name = section.required_string(cx, "name");
    let silent = boolean(cx, &mut section, "silent");
    let timeline = section
        .has("timeline")
        .then(|| section.strings(cx, "timeline"));
    let notified = section
        .has("notified")
        .then(|| section.strings(cx, "notified"));
    let at = section.at_key(if timeline.is_some() {
        "timeline"
    } else if silent {
        "silent"
    } else {
        "notified"
    });
    let notified_at = section.at_key("notified");
    if timeline.is_none() && notified.is_none() && !silent {
        let message = "nothing is expected of the alarm";
        cx.push(
            Diagnostic::error(&codes::NOTHING_EXPECTED, section.at(), message)
                .help("add `timeline = [\"1m OK\", …]`, `silent = true` or `notified = […]`"),
        );
    }
    section.finish(cx);
    let timeline: Option<Vec<StateAt>> = timeline.map(|entries| states(cx, &entries, clock));
    let notified = notified.map(|entries| notifications(cx, &entries, reader, clock));
    let fires = |states: &Vec<StateAt>| states.iter().any(|s| s.state == StateValue::Alarm);
    if silent && timeline.as_ref().is_some_and(fires) {
        let message = "an alarm that goes into ALARM is not silent";
        cx.push(Diagnostic::error(&suite_codes::EITHER_OR, at, message));
    }
    let name = name?;
    let suite = reader.suite;
    declared(cx, "alarm", &name, &suite.alarm_names());
    let found = suite
        .alarms
        .iter()
        .find(|alarm| alarm.head.name == name.value);
    if let Some(reason) = found.and_then(Alarm::unevaluated) {
        let message = format!("the alarm `{}` is not evaluated here: {reason}", name.value);
        cx.push(
            Diagnostic::error(&codes::UNEVALUATED, name.at, message)
                .help("CloudWatch alone can tell what it does"),
        );
    }
    Some(AlarmExpected {
        name: name.value,
        timeline,
        silent,
        notified,
        notified_at,
        at,
    })
}

fn states(cx: &mut Vec<Diagnostic>, entries: &[Text], clock: Clock) -> Vec<StateAt> {
    let mut states = Vec::new();
    for entry in entries {
        let Some((at, word)) = split(cx, entry, clock, "6m ALARM") else {
            continue;
        };
        match StateValue::parse(&word.value) {
            Ok(state) => states.push(StateAt { at, state }),
            Err(_) => {
                one_of(cx, "timeline", &word, STATES);
            }
        }
    }
    let is_ordered = states.windows(2).all(|pair| match pair {
        [first, second] => first.at < second.at && first.state != second.state,
        _ => true,
    });
    if let (false, Some(entry)) = (is_ordered, entries.first()) {
        let message = "a timeline goes forward in time, and every entry is another state";
        cx.push(Diagnostic::error(&codes::TIMELINE, entry.at, message));
    }
    states
}

fn notifications(
    cx: &mut Vec<Diagnostic>,
    entries: &[Text],
    reader: &Reader<'_>,
    clock: Clock,
) -> Vec<Notified> {
    let topics: Vec<&str> = reader.suite.topics.iter().map(|t| &*t.name).collect();
    let mut notified = Vec::new();
    for entry in entries {
        if let Some((at, topic)) = split(cx, entry, clock, "6m fraud-alerts") {
            declared(cx, "topic", &topic, &topics);
            notified.push(Notified {
                at,
                topic: topic.value,
            });
        }
    }
    notified.sort_by(|a, b| (a.at, &a.topic).cmp(&(b.at, &b.topic)));
    notified
}

/// `6m ALARM`: a time, and what happens then.
fn split(
    cx: &mut Vec<Diagnostic>,
    entry: &Text,
    clock: Clock,
    example: &str,
) -> Option<(Millis, Text)> {
    let Some((time, word)) = entry.value.trim().split_once(char::is_whitespace) else {
        let message = format!("`{}` is no time with what happens then", entry.value);
        cx.push(
            Diagnostic::error(&codes::TIMELINE, entry.at, message)
                .help(format!("write `{example}`")),
        );
        return None;
    };
    let part = |value: &str| Text {
        value: value.trim().to_owned(),
        at: entry.at,
    };
    let at = clock.moment(cx, &part(time))?;
    Some((at, part(word)))
}
