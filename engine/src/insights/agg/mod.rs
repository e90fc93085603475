//! Aggregates: the functions of `stats`.
//!
//! An [`Aggregate`] starts an [`Accumulator`], which takes values, merges with those of other chunks and
//! finishes with one value. To add one: a file with `AGGREGATE` and its accumulator, and a line in
//! [`AGGREGATES`]. A missing value is never handed to an accumulator.

mod accumulator;
mod avg;
mod chosen;
mod count;
mod count_distinct;
mod earliest;
mod extreme;
mod histogram;
mod max;
mod min;
mod percentile;
mod rate;
mod sorts;
mod stddev;
mod sum;
mod text_set;
mod topk;
mod values;
mod variance;

pub use accumulator::Aggregate;
pub(super) use accumulator::{Accumulator, Arguments};
pub(super) use chosen::chosen;

/// Every aggregate this version computes.
pub static AGGREGATES: &[Aggregate] = &[
    avg::AGGREGATE,
    count::AGGREGATE,
    count::OVER_TIME,
    count_distinct::AGGREGATE,
    earliest::EARLIEST,
    earliest::LATEST,
    histogram::AGGREGATE,
    max::AGGREGATE,
    min::AGGREGATE,
    percentile::AGGREGATE,
    rate::AGGREGATE,
    sorts::FIRST,
    sorts::LAST,
    stddev::AGGREGATE,
    sum::AGGREGATE,
    sum::OVER_TIME,
    topk::AGGREGATE,
    values::AGGREGATE,
    variance::AGGREGATE,
];
