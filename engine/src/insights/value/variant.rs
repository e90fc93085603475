use std::borrow::Cow;

use super::{Number, Structure, float_text, parse_number};
use crate::base::Millis;

/// One value of a row. Text is borrowed from the event as long as it can be.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::insights) enum Value<'a> {
    /// Missing: the column is left out of the row.
    Null,
    /// A computed whole number.
    Integer(i64),
    /// A computed number; always finite.
    Float(f64),
    /// A number read from JSON or written in the query, printed as it was written.
    Written(Cow<'a, str>),
    /// Text.
    Text(Cow<'a, str>),
    /// A moment; prints as `YYYY-MM-DD HH:MM:SS.mmm`.
    Timestamp(Millis),
    /// A map or list; missing to everything that takes text, numbers or moments.
    Structure(Structure),
}

impl<'a> Value<'a> {
    /// Text that is built, not borrowed.
    pub(in crate::insights) fn text(text: impl Into<String>) -> Self {
        Self::Text(Cow::Owned(text.into()))
    }

    /// `1` or `0`: Logs Insights has no booleans of its own.
    pub(in crate::insights) fn boolean(value: bool) -> Self {
        Self::Integer(i64::from(value))
    }

    /// A number; infinity and NaN are missing.
    pub(in crate::insights) fn float(value: f64) -> Self {
        if value.is_finite() {
            Self::Float(value)
        } else {
            Self::Null
        }
    }

    /// Whether the value is missing.
    pub(in crate::insights) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The value as a number: numbers, moments (their milliseconds) and numeric text.
    pub(in crate::insights) fn number(&self) -> Option<Number> {
        match self {
            Self::Null | Self::Structure(_) => None,
            Self::Integer(value) => Some(Number::Integer(*value)),
            Self::Float(value) => Some(Number::Float(*value)),
            Self::Written(text) | Self::Text(text) => parse_number(text),
            Self::Timestamp(at) => Some(Number::Integer(at.0)),
        }
    }

    /// The value as a float, by the same rule as [`Value::number`].
    pub(in crate::insights) fn as_f64(&self) -> Option<f64> {
        self.number().map(Number::as_f64)
    }

    /// The text the value prints as; `None` where it is missing, and for maps and lists, which functions
    /// of text treat as missing (CloudWatch Logs user guide, structure types).
    pub(in crate::insights) fn display(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Null | Self::Structure(_) => None,
            Self::Integer(value) => Some(Cow::Owned(value.to_string())),
            Self::Float(value) => Some(Cow::Owned(float_text(*value))),
            Self::Written(text) | Self::Text(text) => Some(Cow::Borrowed(text)),
            Self::Timestamp(at) => Some(Cow::Owned(at.to_string())),
        }
    }

    /// What a cell of the answer shows: maps and lists as compact JSON.
    pub(in crate::insights) fn cell(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Structure(structure) => Some(Cow::Owned(structure.to_string())),
            _ => self.display(),
        }
    }

    /// Whether a `filter` keeps the row: a number that is not zero, or text that is not empty.
    /// A map or list is not true.
    pub(in crate::insights) fn is_true(&self) -> bool {
        match self {
            Self::Null | Self::Structure(_) => false,
            Self::Text(text) => !text.is_empty(),
            Self::Timestamp(_) => true,
            Self::Integer(_) | Self::Float(_) | Self::Written(_) => {
                self.as_f64().is_some_and(|value| value != 0.0)
            }
        }
    }

    /// The same value, independent of the event.
    pub(in crate::insights) fn into_owned(self) -> Value<'static> {
        match self {
            Self::Null => Value::Null,
            Self::Integer(value) => Value::Integer(value),
            Self::Float(value) => Value::Float(value),
            Self::Written(text) => Value::Written(Cow::Owned(text.into_owned())),
            Self::Text(text) => Value::Text(Cow::Owned(text.into_owned())),
            Self::Timestamp(at) => Value::Timestamp(at),
            Self::Structure(structure) => Value::Structure(structure),
        }
    }
}

impl From<Number> for Value<'_> {
    fn from(number: Number) -> Self {
        match number {
            Number::Integer(value) => Self::Integer(value),
            Number::Float(value) => Self::float(value),
        }
    }
}
