use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::{Structure, Value};

/// What a map or list holds: JSON, with numbers as they were written.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::insights) enum Part {
    /// `null`: missing once it is read.
    Null,
    /// Reads as 1 or 0.
    Boolean(bool),
    /// A JSON number's text.
    Number(Arc<str>),
    /// Text without quotes.
    Text(Arc<str>),
    /// A map or list inside.
    Structure(Structure),
}

impl Part {
    /// The part as a value of its own; leaves as those of JSON events.
    pub(in crate::insights) fn value(&self) -> Value<'static> {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(value) => Value::boolean(*value),
            Self::Number(text) => Value::Written(Cow::Owned(text.as_ref().to_owned())),
            Self::Text(text) => Value::text(text.as_ref()),
            Self::Structure(structure) => Value::Structure(structure.clone()),
        }
    }
}

/// A moment becomes its text, since JSON has no moments.
impl From<&Value<'_>> for Part {
    fn from(value: &Value<'_>) -> Self {
        match value {
            Value::Structure(structure) => Self::Structure(structure.clone()),
            Value::Text(_) | Value::Timestamp(_) | Value::Null => value
                .display()
                .map_or(Self::Null, |text| Self::Text(text.as_ref().into())),
            Value::Integer(_) | Value::Float(_) | Value::Written(_) => value
                .display()
                .map_or(Self::Null, |text| Self::Number(text.as_ref().into())),
        }
    }
}

/// Compact JSON.
impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Boolean(value) => value.fmt(f),
            Self::Number(text) => f.write_str(text),
            Self::Text(text) => write!(f, "{}", serde_json::Value::from(text.as_ref())),
            Self::Structure(structure) => structure.fmt(f),
        }
    }
}
