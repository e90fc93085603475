//! Trino's aggregate functions.
//!
//! What comes in are the values of a group, row by row; what goes out is one value. To add one: an entry in
//! `table.rs` with its parameters and result, and what it keeps of the rows in `state.rs`.

mod collect;
mod percentile;
mod several;
mod state;
mod table;

pub(crate) use state::State;
pub(crate) use table::{Aggregate, Kind, find, names};
