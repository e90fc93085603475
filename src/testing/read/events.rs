use std::collections::BTreeMap;
use std::fs;

use belfry_engine::base::Millis;
use belfry_engine::diag::{Diagnostic, Span, suite as suite_codes, test as codes};
use serde_json::{Map, Value};
use toml::de::DeTable;

use super::Reader;
use super::emf::Emf;
use super::file::Defaults;
use super::json::object;
use super::reader::{Clock, replaced};
use crate::suite::names::declared;
use crate::suite::section::{Section, Text, wrong_type};
use crate::testing::{Feed, What, duration};

/// More events than a test needs; a misplaced zero would otherwise fill the memory.
const MOST_EVENTS: usize = 1_000_000;

/// The lines of `[[test.log]]`, which is one of these.
enum Lines<'a> {
    /// `message`, `messages`.
    Texts(Vec<Text>),
    /// `json`, `emf` or both.
    Object {
        json: Option<&'a DeTable<'a>>,
        emf: Option<Emf<'a>>,
    },
    /// `file`; its lines are taken as they are.
    File { lines: Vec<String>, at: Span },
}

/// When events come: the first at `at`, each `every` milliseconds after the one before, all of them `times` times.
struct Times {
    at: Millis,
    every: i64,
    times: usize,
    late: i64,
}

/// `[[test.log]]`.
pub(super) fn read(
    cx: &mut Vec<Diagnostic>,
    mut section: Section<'_>,
    reader: &Reader<'_>,
    clock: Clock,
    defaults: &Defaults,
    feeds: &mut Vec<Feed>,
) {
    let group = group(cx, &mut section, reader, defaults);
    let time_field = section.string(cx, "time_field");
    let lines = lines(cx, &mut section, reader);
    let length = lines.as_ref().map_or(1, Lines::len);
    let times = times(cx, &mut section, clock, length);
    let place = section.at();
    section.finish(cx);
    let (Some(group), Some(lines)) = (group, lines) else {
        return;
    };
    let events = match (&lines, &time_field) {
        (Lines::File { lines, at }, Some(field)) => own_times(cx, lines, *at, field, &times),
        (_, Some(field)) => {
            let message = "only the lines of a `file` have times of their own";
            cx.push(Diagnostic::error(&codes::FILE, field.at, message));
            return;
        }
        (_, None) => spaced(cx, &lines, reader, &times),
    };
    check_end(cx, &events, clock, &times, place);
    feeds.extend(events.into_iter().map(|(timestamp, message)| Feed {
        at: timestamp.plus(times.late),
        what: What::Log {
            group: group.clone(),
            timestamp,
            message,
        },
        place,
    }));
}

fn group(
    cx: &mut Vec<Diagnostic>,
    section: &mut Section<'_>,
    reader: &Reader<'_>,
    defaults: &Defaults,
) -> Option<String> {
    let own = match (section.has("group"), &defaults.log_group) {
        (false, Some(_)) => None,
        _ => section.required_string(cx, "group"),
    };
    let group = own.or_else(|| defaults.log_group.clone())?;
    let groups: Vec<&str> = reader.suite.log_groups.iter().map(|g| &*g.name).collect();
    declared(cx, "log group", &group, &groups);
    Some(group.value)
}

fn lines<'a>(
    cx: &mut Vec<Diagnostic>,
    section: &mut Section<'a>,
    reader: &Reader<'_>,
) -> Option<Lines<'a>> {
    let emf = section
        .table(cx, "emf")
        .map(|emf| (emf.at(), Emf::read(cx, emf)));
    let ways = ["message", "messages", "json", "file"];
    let written: Vec<_> = ways.into_iter().filter(|way| section.has(way)).collect();
    let way = match (written.as_slice(), &emf) {
        ([], Some(_)) => "emf",
        ([way], None) | ([way @ "json"], Some(_)) => way,
        _ => {
            let message = match written.len() {
                0 => "the event has no line".to_owned(),
                _ => "the line of the event is written in several ways".to_owned(),
            };
            cx.push(
                Diagnostic::error(&codes::EVENT, section.at(), message)
                    .help("write one of `message`, `messages`, `json`, `emf` and `file`"),
            );
            return None;
        }
    };
    match way {
        "message" => Some(Lines::Texts(vec![section.string(cx, "message")?])),
        "messages" => Some(Lines::Texts(section.strings(cx, "messages"))),
        "file" => file(cx, section, reader),
        _ => Some(Lines::Object {
            json: json(cx, section),
            emf: match emf {
                Some((_, emf)) => Some(emf?),
                None => None,
            },
        }),
    }
}

fn json<'a>(cx: &mut Vec<Diagnostic>, section: &mut Section<'a>) -> Option<&'a DeTable<'a>> {
    let (at, value) = section.value("json")?;
    let table = value.as_table();
    if table.is_none() {
        wrong_type(cx, "json", at, value, "a table");
    }
    table
}

fn file<'a>(
    cx: &mut Vec<Diagnostic>,
    section: &mut Section<'_>,
    reader: &Reader<'_>,
) -> Option<Lines<'a>> {
    let name = section.string(cx, "file")?;
    let path = reader.folder.join(&name.value);
    match fs::read_to_string(&path) {
        Ok(text) => Some(Lines::File {
            lines: text.lines().map(str::to_owned).collect(),
            at: name.at,
        }),
        Err(error) => {
            let message = format!("`{}` cannot be read: {error}", path.display());
            cx.push(Diagnostic::error(&codes::FILE, name.at, message));
            None
        }
    }
}

impl Lines<'_> {
    fn len(&self) -> usize {
        match self {
            Self::Texts(texts) => texts.len(),
            Self::Object { .. } => 1,
            Self::File { lines, .. } => lines.len(),
        }
    }

    fn line(
        &self,
        cx: &mut Vec<Diagnostic>,
        number: usize,
        variables: &BTreeMap<String, String>,
    ) -> String {
        match self {
            Self::Texts(texts) => texts
                .get(number)
                .map(|text| replaced(cx, text, variables))
                .unwrap_or_default(),
            Self::File { lines, .. } => lines.get(number).cloned().unwrap_or_default(),
            Self::Object { json, emf } => {
                let mut members = Map::new();
                if let Some(json) = json {
                    members = object(cx, json, variables);
                }
                if let Some(emf) = emf {
                    emf.add_to(cx, &mut members, variables);
                }
                Value::Object(members).to_string()
            }
        }
    }
}

fn times(cx: &mut Vec<Diagnostic>, section: &mut Section<'_>, clock: Clock, lines: usize) -> Times {
    let at = clock.key(cx, section, "at").unwrap_or(clock.start);
    let every = duration::key(cx, section, "every");
    let late = duration::key(cx, section, "late").map_or(0, |(late, _)| late);
    let count = section.integer(cx, "count");
    let until = section.string(cx, "until");
    let until = until.and_then(|text| Some((clock.moment(cx, &text)?, text.at)));
    let step = every.as_ref().map_or(0, |(every, _)| *every);
    let times = match (count, until) {
        (None, None) => 1,
        (Some((count, at)), None) => counted(cx, count, at, lines),
        (None, Some((until, place))) => {
            let round = step.saturating_mul(i64::try_from(lines.max(1)).unwrap_or(i64::MAX));
            if round <= 0 {
                let message = "`until` needs `every`";
                cx.push(Diagnostic::error(&suite_codes::MISSING_KEY, place, message));
                1
            } else {
                let span = until.0.saturating_sub(at.0).max(0);
                let rounds = span / round + i64::from(span % round > 0);
                counted(cx, rounds, place, lines)
            }
        }
        (Some(_), Some((_, place))) => {
            let message = "either `count` or `until` says how often";
            cx.push(Diagnostic::error(&suite_codes::EITHER_OR, place, message));
            1
        }
    };
    Times {
        at,
        every: step,
        times,
        late,
    }
}

fn counted(cx: &mut Vec<Diagnostic>, count: i64, at: Span, lines: usize) -> usize {
    let read = usize::try_from(count).ok();
    let read = read.filter(|n| *n >= 1 && n.saturating_mul(lines) <= MOST_EVENTS);
    if read.is_none() {
        let message =
            format!("the events come from 1 to {MOST_EVENTS} times in all, found {count}");
        cx.push(Diagnostic::error(&suite_codes::OUT_OF_RANGE, at, message));
    }
    read.unwrap_or(1)
}

/// The events at equal distances. What is wrong with a line is said once.
fn spaced(
    cx: &mut Vec<Diagnostic>,
    lines: &Lines<'_>,
    reader: &Reader<'_>,
    times: &Times,
) -> Vec<(Millis, String)> {
    let mut variables = reader.suite.environment.variables.clone();
    let mut events = Vec::new();
    let mut at = times.at;
    for number in 0..lines.len().saturating_mul(times.times) {
        variables.insert("n".to_owned(), number.to_string());
        variables.insert("timestamp".to_owned(), at.0.to_string());
        variables.insert("time".to_owned(), at.to_rfc3339());
        let mut found = Vec::new();
        let line = number % lines.len().max(1);
        events.push((at, lines.line(&mut found, line, &variables)));
        if number < lines.len() {
            cx.append(&mut found);
        }
        at = at.plus(times.every);
    }
    events
}

/// The events at the times that they name themselves, moved so that the first comes at `at`.
fn own_times(
    cx: &mut Vec<Diagnostic>,
    lines: &[String],
    place: Span,
    field: &Text,
    times: &Times,
) -> Vec<(Millis, String)> {
    let mut events: Vec<(Millis, String)> = Vec::new();
    for (index, line) in lines
        .iter()
        .enumerate()
        .filter(|(_, line)| !line.is_empty())
    {
        match own_time(line, &field.value) {
            Some(at) => events.push((at, line.clone())),
            None => {
                let message = format!(
                    "line {} of the file has no time in the field `{}`",
                    index + 1,
                    field.value
                );
                cx.push(Diagnostic::error(&codes::FILE, place, message));
                return Vec::new();
            }
        }
    }
    events.sort_by_key(|(at, _)| *at);
    let shift = events.first().map_or(0, |(first, _)| times.at.0 - first.0);
    let moved = events.into_iter().map(|(at, line)| (at.plus(shift), line));
    moved.collect()
}

/// Milliseconds since 1970, or RFC 3339.
fn own_time(line: &str, field: &str) -> Option<Millis> {
    let members: Map<String, Value> = serde_json::from_str(line).ok()?;
    match members.get(field)? {
        Value::Number(number) => number.as_i64().map(Millis),
        Value::String(text) => Millis::parse_rfc3339(text),
        _ => None,
    }
}

fn check_end(
    cx: &mut Vec<Diagnostic>,
    events: &[(Millis, String)],
    clock: Clock,
    times: &Times,
    place: Span,
) {
    let last = events.last().map(|(at, _)| at.plus(times.late));
    // A beginning behind the end was said already.
    if times.at <= clock.end() && last.is_some_and(|last| last > clock.end()) {
        let beyond = last.map_or(0, |last| last.0 - clock.start.0);
        let message = format!(
            "the last of the events comes after {}, and the test ends after {}",
            duration::short(beyond),
            duration::short(clock.lasts)
        );
        cx.push(Diagnostic::error(&codes::OUTSIDE, place, message));
    }
}
