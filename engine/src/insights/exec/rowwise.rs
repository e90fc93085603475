use std::borrow::Cow;

use super::eval::{eval, is_true};
use super::prepare::Scan;
use crate::events::{EventRef, FieldReader, FieldValue, LogType, WANTED_FIELDS};
use crate::insights::RunOptions;
use crate::insights::lambda;
use crate::insights::origin;
use crate::insights::plan::{Input, Operator, Scalar, Slot};
use crate::insights::value::{Value, parse_number};
use regex::Regex;

/// How a record's position becomes the text of `@ptr`.
pub(in crate::insights) type Pointer<'f> = &'f (dyn Fn(u64) -> String + Sync);

/// Fills the row of an event by all single-row operations; says whether the filters keep it.
pub(super) fn fill_row<'r>(
    scan: &'r Scan<'r>,
    row: &mut [Value<'r>],
    event: EventRef<'r>,
    reader: &mut FieldReader<'_>,
    options: &RunOptions,
    pointer: Pointer<'_>,
) -> bool {
    for (slot, input) in &scan.system {
        set(row, *slot, system_value(input, event, pointer));
    }
    scan.rowwise.iter().all(|operator| {
        if matches!(operator, Operator::Discover) {
            discover(scan, row, event, reader);
            return true;
        }
        apply(operator, row, options)
    })
}

/// Applies an operation to one row; says whether the row stays.
pub(super) fn apply<'r>(
    operator: &'r Operator,
    row: &mut [Value<'r>],
    options: &RunOptions,
) -> bool {
    match operator {
        Operator::Filter(scalar) => return is_true(scalar, row, options),
        Operator::Compute { slot, scalar } => {
            let value = eval(scalar, row, options);
            set(row, *slot, value);
        }
        Operator::Extract {
            source,
            regex,
            targets,
        } => extract(source, regex, targets, row, options),
        _ => {}
    }
    true
}

#[inline]
fn set<'r>(row: &mut [Value<'r>], slot: Slot, value: Value<'r>) {
    if let Some(place) = row.get_mut(slot) {
        *place = value;
    }
}

fn system_value<'r>(input: &Input, event: EventRef<'r>, pointer: Pointer<'_>) -> Value<'r> {
    let text = |text: Option<&'r str>| text.map_or(Value::Null, |text| Value::Text(text.into()));
    match input {
        Input::Timestamp => Value::Timestamp(event.timestamp),
        Input::Message => text(Some(event.message)),
        Input::LogStream => text(event.log_stream),
        Input::Log => text(event.log),
        Input::IngestionTime => event.ingestion_time.map_or(Value::Null, Value::Timestamp),
        Input::Pointer => Value::text(pointer(event.position)),
        Input::Lambda(field) => lambda::value(*field, event),
        Input::Origin(field) => origin::value(*field, event),
        Input::Json(_) => Value::Null,
    }
}

fn discover<'r>(
    scan: &Scan<'_>,
    row: &mut [Value<'r>],
    event: EventRef<'r>,
    reader: &mut FieldReader<'_>,
) {
    let mut found = |index: usize, field| {
        let slot = scan.discovered.get(index);
        if let Some(place) = slot.and_then(|slot| row.get_mut(*slot)) {
            *place = field_value(field);
        }
    };
    let is_object = reader.fields(WANTED_FIELDS, event.message, &mut found);
    if is_object {
        return;
    }
    match event.log_type() {
        Some(LogType::Lambda) => {
            scan.scanner.scan_embedded(event.message, &mut found);
        }
        Some(log_type) if !log_type.columns().is_empty() => {
            let is_read = by_place(scan, row, log_type, event.message);
            if let (false, Some(origin)) = (is_read, event.origin) {
                origin.misfits.note(event.position, log_type, event.message);
            }
        }
        _ => {}
    }
}

/// The fields of a line whose values stand by their places; whether the line is of its type, where that is looked at.
fn by_place<'r>(
    scan: &Scan<'_>,
    row: &mut [Value<'r>],
    log_type: LogType,
    message: &'r str,
) -> bool {
    let mut wanted = scan.columns.iter().filter(|one| one.log_type == log_type);
    let Some(first) = wanted.next() else {
        return true;
    };
    let Some(record) = log_type.record(message) else {
        return false;
    };
    for column in std::iter::once(first).chain(wanted) {
        let Some(text) = record.value(column.place) else {
            continue;
        };
        let value = match parse_number(text) {
            Some(_) => Value::Written(Cow::Borrowed(text)),
            None => Value::Text(Cow::Borrowed(text)),
        };
        set(row, column.slot, value);
    }
    true
}

#[inline]
fn field_value(field: FieldValue<'_>) -> Value<'_> {
    match field {
        FieldValue::Text(text) => Value::Text(text),
        FieldValue::Number(text) => Value::Written(Cow::Borrowed(text)),
        FieldValue::Boolean(value) => Value::boolean(value),
    }
}

fn extract<'r>(
    source: &'r Scalar,
    regex: &Regex,
    targets: &[(usize, Slot)],
    row: &mut [Value<'r>],
    options: &RunOptions,
) {
    match eval(source, row, options) {
        Value::Text(Cow::Borrowed(text)) | Value::Written(Cow::Borrowed(text)) => {
            let Some(captures) = regex.captures(text) else {
                return;
            };
            for (group, slot) in targets {
                if let Some(found) = captures.get(*group) {
                    set(row, *slot, Value::Text(Cow::Borrowed(found.as_str())));
                }
            }
        }
        value => {
            let Some(text) = value.display() else { return };
            let Some(captures) = regex.captures(&text) else {
                return;
            };
            for (group, slot) in targets {
                if let Some(found) = captures.get(*group) {
                    set(row, *slot, Value::text(found.as_str()));
                }
            }
        }
    }
}
