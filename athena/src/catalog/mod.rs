//! What the engine's catalogue says of a table, as a query needs it: which partitions there are.
//!
//! What comes in is a [`Table`](belfry_engine::catalog::Table) of the engine's catalogue. What goes out is its
//! [`Projection`], or the property that is wrong. To add a projection type: a variant in `projection.rs`.

mod date_pattern;
mod date_unit;
mod projection;
#[cfg(test)]
mod projection_tests;

pub(crate) use projection::{Projection, ProjectionType};
