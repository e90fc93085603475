//! Fields that CloudWatch finds in the lines Lambda writes by itself.
//!
//! Lines count as Lambda's in logs of that type; where nothing says the type, as in a file, the shape of the
//! line decides. Sizes are bytes of 1,000,000 per MB, durations milliseconds, as published query
//! outputs show.

use std::borrow::Cow;

use super::value::{Value, parse_number};
use crate::events::{EventRef, LogType};

/// One of the fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// `START`, `END` or `REPORT`.
    Type,
    /// The invocation.
    RequestId,
    /// A part of a `REPORT` line.
    Report(Part),
}

/// A part of a `REPORT` line: its label and unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    label: &'static str,
    unit: &'static str,
}

const FIELDS: &[(&str, Field)] = &[
    ("@type", Field::Type),
    ("@requestId", Field::RequestId),
    ("@duration", part("Duration: ", " ms")),
    ("@billedDuration", part("Billed Duration: ", " ms")),
    ("@initDuration", part("Init Duration: ", " ms")),
    ("@memorySize", part("Memory Size: ", " MB")),
    ("@maxMemoryUsed", part("Max Memory Used: ", " MB")),
    ("@xrayTraceId", part("XRAY TraceId: ", "")),
    ("@xraySegmentId", part("SegmentId: ", "")),
];

const fn part(label: &'static str, unit: &'static str) -> Field {
    Field::Report(Part { label, unit })
}

impl Field {
    /// The field of that name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let found = FIELDS.iter().find(|(known, _)| *known == name);
        found.map(|(_, field)| *field)
    }

    /// All names.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        FIELDS.iter().map(|(name, _)| *name)
    }
}

/// The value of a field; missing in lines that do not hold it.
pub(super) fn value<'m>(field: Field, event: EventRef<'m>) -> Value<'m> {
    if event
        .log_type()
        .is_some_and(|known| known != LogType::Lambda)
    {
        return Value::Null;
    }
    let message = event.message;
    let text = |text: Option<&'m str>| text.map_or(Value::Null, |t| Value::Text(t.into()));
    match field {
        Field::Type => text(line_type(message)),
        Field::RequestId => text(request_id(message)),
        Field::Report(part) if line_type(message) == Some("REPORT") => part.value(message),
        Field::Report(_) => Value::Null,
    }
}

/// All fields with their names; some are missing.
pub(super) fn values(event: EventRef<'_>) -> impl Iterator<Item = (&'static str, Value<'_>)> {
    let fields = FIELDS.iter();
    fields.map(move |(name, field)| (*name, value(*field, event)))
}

impl Part {
    fn value(self, message: &str) -> Value<'_> {
        let Some(found) = message
            .split(['\t', '\n'])
            .find_map(|part| part.trim().strip_prefix(self.label))
        else {
            return Value::Null;
        };
        let Some(number) = found.strip_suffix(self.unit) else {
            return Value::Null;
        };
        match (self.unit, parse_number(number)) {
            ("", _) => Value::Text(Cow::Borrowed(number)),
            (_, None) => Value::Null,
            (" MB", Some(size)) => size
                .truncate()
                .and_then(|size| size.checked_mul(1_000_000))
                .map_or(Value::Null, Value::Integer),
            (_, Some(_)) => Value::Written(Cow::Borrowed(number)),
        }
    }
}

fn line_type(message: &str) -> Option<&str> {
    let (word, rest) = message.split_once(' ')?;
    let is_platform = ["START", "END", "REPORT"].contains(&word) && rest.starts_with("RequestId: ");
    is_platform.then_some(word)
}

/// Behind `RequestId: `, or in the second tab field of a line of the function's own.
fn request_id(message: &str) -> Option<&str> {
    let behind_label = message.split_once("RequestId: ").map(|(_, rest)| rest);
    let second = || message.split('\t').nth(1);
    behind_label
        .and_then(uuid)
        .or_else(|| second().and_then(uuid))
}

/// The UUID at the start of `text`.
fn uuid(text: &str) -> Option<&str> {
    let candidate = text.get(..36)?;
    let dashes = [8, 13, 18, 23];
    let valid = candidate.bytes().enumerate().all(|(at, byte)| {
        if dashes.contains(&at) {
            byte == b'-'
        } else {
            byte.is_ascii_hexdigit()
        }
    });
    valid.then_some(candidate)
}
