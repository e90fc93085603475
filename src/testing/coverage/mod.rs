//! Which parts of a suite its tests exercise.
//!
//! What comes in: a suite, its test files, and what became of the tests. What goes out: every [`Point`] with the
//! tests that reached it, or with the reason why it needs none. To add a kind of point: a file with a function that
//! lists them, and its line in the table of `measure.rs`.

mod alarms;
mod dashboards;
mod filters;
mod measure;
mod mute_rules;
mod point;
mod queries;

pub(super) use filters::subject as filter_subject;
pub use measure::{Coverage, measure};
pub use point::Point;
use point::{Ran, Reached};
