//! The filter-pattern language: parse, match, extract.

use std::collections::BTreeMap;

use crate::diag::Span;

/// Why a pattern is refused, in AWS's own words.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct PatternError {
    /// The text of AWS's `InvalidParameterException`.
    pub message: String,
    /// Where in the pattern.
    pub span: Span,
}

/// What a selector finds in an event.
#[derive(Clone, Debug, PartialEq)]
pub enum Extracted {
    /// Nothing there, or JSON null.
    Missing,
    /// A number, or text that is one.
    Number(f64),
    /// Text.
    Text(String),
    /// Anything else: a boolean, an object, an array.
    Other,
}

/// A parsed filter pattern.
#[derive(Clone, Debug)]
pub struct FilterPattern {}

impl FilterPattern {
    /// Parses `text`.
    pub fn parse(_text: &str) -> Result<Self, PatternError> {
        todo!()
    }

    /// Whether `message` matches.
    pub fn matches(&self, _message: &str) -> bool {
        todo!()
    }

    /// What TestMetricFilter returns as `extractedValues` for a matching message; `None` where it does not match.
    pub fn extract(&self, _message: &str) -> Option<BTreeMap<String, String>> {
        todo!()
    }

    /// The value that `selector` (`$.path` for JSON, `$name` or `$3` for space-delimited) has in `message`.
    pub fn select(&self, _message: &str, _selector: &str) -> Extracted {
        todo!()
    }
}
