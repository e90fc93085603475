//! The functions of metric math, one file per family.
//!
//! What comes in: a [`Call`] with its arguments worked out. What goes out: a value, or a diagnostic at the
//! argument that does not fit. To add a function: an entry in its family's table, with the rule's source where
//! it surprises, and a test with AWS's documented example where there is one.

mod arrays;
mod calendar;
mod change;
mod conditional;
mod fill;
mod function;
mod pointwise;
mod refused;
mod search;
mod statistics;

pub(super) use function::{Argument, Call, Function, find, names};
pub(super) use refused::refusal;
pub(super) use search::{check_search, search_period};
