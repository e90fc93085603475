//! The judge: a syntax tree → a typed plan that means what Trino means, or a refusal in Trino's words.
//!
//! What comes in is what `sql` read, with the catalogue; what goes out is a [`crate::plan::Plan`] with the names and
//! types of its columns. Nothing is coerced that Trino does not coerce by itself, and each coercion is written out as
//! a cast. To add a kind of expression: a function in the file of its family, and its line in `expression.rs`.

mod aggregate_call;
mod aggregation;
mod call;
mod expression;
mod forms;
mod group;
mod judge;
mod lambda;
mod literal;
mod operators;
mod query;
mod relation;
mod scope;
mod select;
mod subquery;
mod unnest;
mod window;

pub(crate) use judge::{Judge, Judged};
