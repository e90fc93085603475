//! Running a plan over an event source.
//!
//! Chunks are scanned in parallel; each gives a partial answer (groups, or the best rows so far), and
//! partial answers are joined in the order of the chunks, so that the result does not depend on threads.
//! Memory is bounded by the answer: groups for `stats`, at most the limit for rows.

mod eval;
mod group;
mod in_order;
mod literal;
mod prepare;
mod rows;
mod rowwise;
mod run;
mod scan;

pub(super) use eval::eval;
pub(super) use rows::Row;
pub(super) use run::{rows, run};
