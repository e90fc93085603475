use std::sync::Arc;

use belfry_engine::catalog::{ColumnType, REGEX_SERDE, Table};
use regex::Regex;

use super::access_line::{Divided, Divider, Form};
use crate::func::{Dialect, cast, java_double, rust_pattern};
use crate::plan::Scan;
use crate::refusal::{Judged, Refusal};
use crate::types::Type;
use crate::value::Value;

/// Reads lines into the columns of a table that a query uses.
#[derive(Clone)]
pub(crate) struct LineReader {
    pattern: Regex,
    /// Where the pattern is one that is divided faster by hand.
    divider: Option<Divider>,
    columns: Vec<Used>,
    /// The lines at the start of each object that are no rows.
    pub(crate) header: usize,
}

#[derive(Clone)]
struct Used {
    place: usize,
    of: Type,
    /// The texts met before, by their hash: log lines say the same again and again.
    known: Vec<Option<Arc<str>>>,
}

/// The texts that are kept of each column; a power of two.
const KNOWN: usize = 64;
/// Longer texts are seldom met again.
const LONGEST_KNOWN: usize = 96;

impl LineReader {
    /// The reader of a table's lines; refuses other SerDes and patterns whose meaning could differ.
    pub(crate) fn new(scan: &Scan) -> Judged<Self> {
        let table = &*scan.table;
        let name = format!("{}.{}", table.database, table.name);
        if table.serde != REGEX_SERDE {
            let serde = if table.serde.is_empty() {
                "none"
            } else {
                &table.serde
            };
            let message = format!(
                "table {name}: the SerDe `{serde}` is not supported here; `{REGEX_SERDE}` is"
            );
            return Err(refused(message));
        }
        if let Some(column) = table
            .columns
            .iter()
            .find(|column| !is_readable(&column.kind))
        {
            let message = format!(
                "table {name}: column `{}` has the type `{}`, which the RegexSerDe does not read",
                column.name, column.kind
            );
            return Err(refused(message));
        }
        let Some(regex) = table.serde_properties.get("input.regex") else {
            let message =
                format!("table {name}: This table does not have serde property \"input.regex\"!");
            return Err(Refusal::value("HIVE_SERDE_ERROR", message));
        };
        let insensitive = table.serde_properties.get("input.regex.case.insensitive");
        let insensitive = insensitive.is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let pattern = rust_pattern(regex, Dialect::Java)
            .map_err(|reason| refused(format!("table {name}: `input.regex`: {reason}")))?;
        let flags = if insensitive { "(?i-u)" } else { "" };
        let pattern = Regex::new(&format!(r"\A{flags}(?:{pattern})\z"))
            .map_err(|error| refused(format!("table {name}: `input.regex`: {error}")))?;
        let form = Form::of(regex, table.columns.len()).filter(|_| !insensitive);
        Ok(Self {
            pattern,
            divider: form.map(Divider::new),
            columns: used(scan),
            header: header(table)?,
        })
    }

    /// Puts the columns of a line into a row. A line that does not match, and what is not of its column's type, is NULL.
    pub(crate) fn read(&mut self, line: &[u8], row: &mut [Value]) {
        if let Some(divider) = &mut self.divider {
            match divider.divide(line) {
                Divided::Groups => {
                    for column in &mut self.columns {
                        let text = divider.text(line, column.place);
                        let value = text.map_or(Value::Null, |text| column.value(text));
                        put(row, column.place, value);
                    }
                    return;
                }
                Divided::Nothing => return self.nothing(row),
                Divided::Unsure => {}
            }
        }
        let line = String::from_utf8_lossy(line);
        self.by_pattern(&line, row);
    }

    fn by_pattern(&mut self, line: &str, row: &mut [Value]) {
        let Some(captures) = self.pattern.captures(line) else {
            return self.nothing(row);
        };
        for column in &mut self.columns {
            let found = captures.get(column.place + 1);
            let value = found.map_or(Value::Null, |found| column.value(found.as_str().as_bytes()));
            put(row, column.place, value);
        }
    }

    fn nothing(&self, row: &mut [Value]) {
        for column in &self.columns {
            put(row, column.place, Value::Null);
        }
    }
}

fn refused(message: String) -> Box<Refusal> {
    let mut refusal = Refusal::value("NOT_SUPPORTED", message);
    refusal.by = crate::refusal::By::Belfry;
    refusal
}

fn is_readable(of: &ColumnType) -> bool {
    crate::types::of_hive(of).is_ok()
}

fn used(scan: &Scan) -> Vec<Used> {
    let places = 0..scan.table.columns.len();
    let places = places.filter(|place| scan.used.get(*place).copied().unwrap_or(false));
    let column = |place: usize| Used {
        place,
        of: scan.types.get(place).cloned().unwrap_or(Type::VARCHAR),
        known: vec![None; KNOWN],
    };
    places.map(column).collect()
}

fn header(table: &Table) -> Judged<usize> {
    let lines = table
        .properties
        .get("skip.header.line.count")
        .map_or(Ok(0), |count| count.parse());
    lines.map_err(|_| {
        Refusal::value(
            "INVALID_TABLE_PROPERTY",
            "skip.header.line.count is no whole number",
        )
    })
}

fn put(row: &mut [Value], place: usize, value: Value) {
    if let Some(slot) = row.get_mut(place) {
        *slot = value;
    }
}

impl Used {
    fn value(&mut self, bytes: &[u8]) -> Value {
        // Groups are cut from texts at the borders of characters.
        let text = std::str::from_utf8(bytes).unwrap_or_default();
        match &self.of {
            Type::Varchar(None) => Value::Varchar(self.text(text)),
            Type::Double => java_double(text).map_or(Value::Null, Value::Double),
            of if of.is_whole() => {
                let number = text.parse().ok().map(Value::Whole);
                let fits = number.filter(|number| crate::func::fits(number.as_whole(), of));
                fits.unwrap_or(Value::Null)
            }
            of => cast(&Value::text(text), &Type::VARCHAR, of).unwrap_or(Value::Null),
        }
    }

    fn text(&mut self, text: &str) -> Arc<str> {
        let (length, bytes) = (text.len(), text.as_bytes());
        if length > LONGEST_KNOWN {
            return Arc::from(text);
        }
        let at = |place: usize| bytes.get(place).copied().map_or(0, usize::from);
        let mixed = length.wrapping_mul(31)
            ^ at(length / 2).wrapping_mul(7)
            ^ at(length.saturating_sub(1))
            ^ at(length.saturating_sub(2)).wrapping_mul(131);
        let Some(slot) = self.known.get_mut(mixed % KNOWN) else {
            return Arc::from(text);
        };
        match slot {
            Some(known) if **known == *text => Arc::clone(known),
            slot => Arc::clone(slot.insert(Arc::from(text))),
        }
    }
}
