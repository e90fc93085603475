use std::fmt;

use super::{MetricDatum, MetricError};
use crate::pattern::Extracted;

/// What becomes of one event under one metric filter, and why not more.
#[derive(Clone, Debug, PartialEq)]
pub enum FilterOutcome {
    /// The event matches and its value is published.
    Value {
        /// What is published.
        datum: MetricDatum,
        /// Dimensions whose fields the event has not: where there is one, the datum carries no dimension at all.
        missing: Vec<MissingDimension>,
    },
    /// The default value is published, without dimensions.
    Default {
        /// What is published.
        datum: MetricDatum,
        /// Why the event has no value of its own.
        because: NoValue,
    },
    /// Nothing is published.
    Nothing(NoValue),
    /// The filter gives a datum that the metric store does not take: CloudWatch drops it without a trace.
    Refused {
        /// What would have been published.
        datum: MetricDatum,
        /// Why it is not.
        error: MetricError,
    },
}

/// Why an event gives no value.
#[derive(Clone, Debug, PartialEq)]
pub enum NoValue {
    /// The `fieldSelectionCriteria` do not take events of this account and region.
    NotSelected,
    /// The pattern does not match.
    NoMatch,
    /// The pattern matches; the field of this selector is missing or null.
    Missing(String),
    /// The pattern matches; what this selector finds is no number. The default value does not stand for it.
    NotANumber(String, Extracted),
}

/// A dimension whose field the event has not, or has as null, as an empty text or as no scalar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingDimension {
    /// The dimension.
    pub name: String,
    /// Where its value would be.
    pub selector: String,
}

impl FilterOutcome {
    /// What is published.
    pub fn datum(&self) -> Option<&MetricDatum> {
        match self {
            Self::Value { datum, .. } | Self::Default { datum, .. } => Some(datum),
            Self::Nothing(_) | Self::Refused { .. } => None,
        }
    }

    /// What is published.
    pub fn into_datum(self) -> Option<MetricDatum> {
        match self {
            Self::Value { datum, .. } | Self::Default { datum, .. } => Some(datum),
            Self::Nothing(_) | Self::Refused { .. } => None,
        }
    }

    /// Whether the pattern matches; `None` where the event is not looked at.
    pub fn is_match(&self) -> Option<bool> {
        match self {
            Self::Nothing(NoValue::NotSelected) => None,
            Self::Nothing(because) | Self::Default { because, .. } => {
                Some(*because != NoValue::NoMatch)
            }
            Self::Value { .. } | Self::Refused { .. } => Some(true),
        }
    }
}

impl fmt::Display for NoValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotSelected => f.write_str("the field selection criteria do not take this event"),
            Self::NoMatch => f.write_str("the pattern does not match"),
            Self::Missing(selector) => write!(f, "`{selector}` is missing or null"),
            Self::NotANumber(selector, Extracted::Text(text)) => {
                write!(f, "`{selector}` is the text `{text}`, not a number")
            }
            Self::NotANumber(selector, _) => write!(f, "`{selector}` is not a number"),
        }
    }
}

impl fmt::Display for MissingDimension {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` has no value at `{}`", self.name, self.selector)
    }
}
