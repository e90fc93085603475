use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use super::csv::{Cell, Mistake};

/// One row with its header.
#[derive(Debug)]
pub(super) struct Fields<'h> {
    header: &'h BTreeMap<String, usize>,
    cells: Vec<Cell>,
}

/// More digits than a bill has; sums of a million such lines stay exact.
const MOST: i64 = 1_000_000_000_000;

impl<'h> Fields<'h> {
    pub(super) fn new(
        header: &'h BTreeMap<String, usize>,
        cells: Vec<Cell>,
    ) -> Result<Self, Mistake> {
        if cells.len() != header.len() {
            let at = cells.last().map_or((1, 1), |cell| (cell.line, cell.column));
            let (found, expected) = (cells.len(), header.len());
            let reason = format!("{found} cells; the header has {expected}");
            return Err((at.0, at.1, reason));
        }
        Ok(Self { header, cells })
    }

    fn cell(&self, name: &str) -> Option<&Cell> {
        self.cells.get(*self.header.get(name)?)
    }

    /// A text; nothing where the column is missing, or the cell empty or `NULL`, which some exports write for it.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        let text = self.cell(name)?.text.trim();
        (!text.is_empty() && text != "NULL" && text != "null").then_some(text)
    }

    /// A decimal number.
    pub(super) fn number(&self, name: &str) -> Result<Option<Decimal>, Mistake> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        let number = text
            .parse::<Decimal>()
            .or_else(|_| Decimal::from_scientific(text));
        let most = Decimal::from(MOST);
        match number {
            Ok(number) if number.abs() < most => Ok(Some(number)),
            _ => Err(self.mistake(name, format!("`{text}` in `{name}` is no amount"))),
        }
    }

    /// A number that must be there.
    pub(super) fn required_number(&self, name: &str) -> Result<Decimal, Mistake> {
        let number = self.number(name)?;
        number.ok_or_else(|| self.mistake(name, format!("`{name}` is empty; expected an amount")))
    }

    /// A moment, in UTC where no offset is written.
    pub(super) fn moment(&self, name: &str) -> Result<DateTime, Mistake> {
        let text = self.text(name).unwrap_or_default();
        let read = moment(text);
        read.ok_or_else(|| {
            let reason = format!("`{text}` in `{name}` is no time; expected 2026-11-01T00:00:00Z");
            self.mistake(name, reason)
        })
    }

    /// A JSON object of texts; CUR's and FOCUS's way to write tags.
    pub(super) fn map(&self, name: &str) -> Result<BTreeMap<String, String>, Mistake> {
        let Some(text) = self.text(name) else {
            return Ok(BTreeMap::new());
        };
        let read: Result<BTreeMap<String, Option<serde_json::Value>>, _> =
            serde_json::from_str(text);
        let read = read.map_err(|error| {
            self.mistake(
                name,
                format!("`{name}` is no JSON object of texts: {error}"),
            )
        })?;
        let pairs = read.into_iter().filter_map(|(key, value)| match value? {
            serde_json::Value::String(text) => Some((key, text)),
            serde_json::Value::Null => None,
            other => Some((key, other.to_string())),
        });
        Ok(pairs.collect())
    }

    pub(super) fn mistake(&self, name: &str, reason: String) -> Mistake {
        let at = self
            .cell(name)
            .map_or((1, 1), |cell| (cell.line, cell.column));
        (at.0, at.1, reason)
    }
}

impl Fields<'_> {
    /// The day on which the period between two columns begins, and its hour where it is no longer than one.
    pub(super) fn period(&self, start: &str, end: &str) -> Result<(Date, Option<i8>), Mistake> {
        let (first, last) = (self.moment(start)?, self.moment(end)?);
        if last < first {
            return Err(self.mistake(end, format!("the period ends at {last}, before it begins")));
        }
        let hours = first
            .until(last)
            .and_then(|span| span.total(jiff::Unit::Hour));
        let is_hour = hours.is_ok_and(|hours| hours <= 1.0);
        Ok((first.date(), is_hour.then_some(first.hour())))
    }
}

fn moment(text: &str) -> Option<DateTime> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Some(TimeZone::UTC.to_datetime(at));
    }
    let plain = text.replace(' ', "T");
    let at = plain.parse::<DateTime>().ok();
    at.or_else(|| plain.parse::<Date>().ok().map(|day| day.at(0, 0, 0, 0)))
}
