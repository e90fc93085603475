//! Metric math: expressions over the series of a request.
//!
//! What comes in: an expression's text, and an environment that knows the other queries by id. What goes out:
//! a `Value`, or diagnostics with positions. The way: `token` → `parse` → `ast` → `check` (names and number
//! of arguments) → `evaluate`. Operators and functions work on whole series over one grid of periods. To add
//! a function: an entry in the table of its family under `functions/`.

mod ast;
mod calculate;
mod check;
mod evaluate;
mod functions;
mod operators;
mod parse;
mod token;
mod value;

pub(super) use calculate::Environment;
pub use calculate::MathError;
pub(super) use check::unknown_id;
pub use check::{Expression, function_names};
pub(super) use value::{Series, Value};
