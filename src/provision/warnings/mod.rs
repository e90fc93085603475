//! What AWS will refuse, or lose without a word, when a plan is applied.
//!
//! In come the changes of a plan with both sides; out come sentences, each at the address it is about. Only
//! what changes is looked at: what stands was said when it was made. To add a warning: a file with a function
//! that takes a [`Look`] and its line in the table of `warning`.

mod actions;
mod class;
mod filters;
mod queries;
mod retention;
mod rollup;
#[cfg(test)]
mod tests;
mod warning;

pub(super) use warning::warnings;
pub use warning::{Look, Warning};
