//! The filter-pattern language of metric filters, subscription filters, FilterLogEvents and live tail:
//! parse, match, extract.
//!
//! What comes in: a pattern's text and log messages. What goes out: a [`FilterPattern`], compiled once, which
//! says whether a message matches and what its fields are, or a [`PatternError`] with AWS's own text. The
//! first character tells the four kinds apart: `{` JSON, `[` space-delimited, `%` a regular expression,
//! anything else terms; each has a file. What AWS does was recorded case by case:
//! `tests/cases/pattern/aws.json`. To add a piece of the language: the file of its kind, and a case.

mod conditions;
mod criteria;
#[cfg(test)]
mod criteria_tests;
mod cursor;
mod decimal;
mod delimited;
mod error;
mod field;
mod filter_pattern;
mod glob;
mod json;
mod json_value;
mod number;
mod operand;
#[cfg(test)]
mod recorded;
mod regex;
mod root;
mod selector;
mod set;
mod split;
mod terms;

pub use criteria::{SelectionCriteria, SystemFields};
pub use error::PatternError;
pub use filter_pattern::{Extracted, FilterPattern};
pub use set::{Look, PatternReader, PatternSet};
