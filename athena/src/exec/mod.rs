//! Runs plans over rows.
//!
//! What comes in is a judged [`crate::plan::Plan`] and where its tables' objects are; what goes out are its rows.
//! Blocks of lines are read and reckoned side by side and put together in the order of the lines, so that an answer
//! does not depend on the number of processors. To add an operator: its rows in a file of its own, and a line in
//! `open.rs`.

mod env;
mod eval;
mod fold;
mod gather;
mod group;
mod higher;
mod join;
mod open;
mod set;
mod sort;
mod subquery;
mod unnest;
mod window;

pub(crate) use env::{Env, Shared};
pub(crate) use fold::fold_constants;
pub(crate) use open::rows;
pub(crate) use unnest::columns_of;

/// One row.
pub(crate) type Row = Vec<crate::value::Value>;
