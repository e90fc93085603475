//! Patterns of Java's `DateTimeFormatter`, as `parseDate` reads them.
//!
//! In comes a pattern; out comes a reader of texts, by the rules of the Java class (resolver style SMART,
//! English). A letter that is not listed is refused. `part` reads the pattern, `reader` the texts, `moment`
//! makes a moment of what was found.

mod moment;
mod part;
mod reader;

pub(super) use part::DatePattern;
