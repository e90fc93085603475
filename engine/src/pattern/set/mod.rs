//! Several patterns that look at the same messages, for little more than the price of one.
//!
//! What comes in: patterns, then one message after the other. What goes out: which patterns match. Terms share one search
//! for all words. JSON patterns share one reading by the scanner of fields, which gives the values that their selectors
//! name; each value decides the conditions on its selector, and a condition that holds wakes the patterns that may match
//! because of it. What the scanner does not give (wildcards, elements of arrays, `IS NULL`, `NOT EXISTS`) is asked of the
//! parsed message when everything else in a pattern holds. To make it faster, keep `tests.rs` green.

mod column;
mod json_patterns;
mod look;
mod needs;
mod parsed;
mod pattern_set;
mod reader;
mod skim;
#[cfg(test)]
mod tests;
mod trigger;
mod words;

pub use look::Look;
pub use pattern_set::PatternSet;
pub use reader::PatternReader;
