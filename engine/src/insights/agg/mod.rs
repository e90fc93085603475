//! Aggregates: the functions of `stats`.
//!
//! An [`Aggregate`] starts an [`Accumulator`], which takes values, merges with those of other chunks and
//! finishes with one value. To add one: a file with `AGGREGATE` and its accumulator, and a line in
//! [`AGGREGATES`]. A missing value is never handed to an accumulator.

mod accumulator;
mod avg;
mod count;
mod count_distinct;
mod earliest;
mod extreme;
mod max;
mod min;
mod percentile;
mod sorts;
mod stddev;
mod sum;
mod variance;

pub use accumulator::Aggregate;
pub(super) use accumulator::{Accumulator, Arguments};

/// Every aggregate this version computes.
pub static AGGREGATES: &[Aggregate] = &[
    avg::AGGREGATE,
    count::AGGREGATE,
    count_distinct::AGGREGATE,
    earliest::EARLIEST,
    earliest::LATEST,
    max::AGGREGATE,
    min::AGGREGATE,
    percentile::AGGREGATE,
    sorts::FIRST,
    sorts::LAST,
    stddev::AGGREGATE,
    sum::AGGREGATE,
    variance::AGGREGATE,
];

/// Aggregates of Logs Insights that this version refuses, each with what works instead.
pub(super) const NOT_BUILT: &[(&str, &str)] = &[
    ("values", "`count(*) … by name` lists the values"),
    ("COLLECT_VALUES", "`count(*) … by name` lists the values"),
    (
        "topk",
        "`stats count(*) as n by name | sort n desc | limit k` finds the most frequent",
    ),
    ("rate", "`max(…) - min(…)` by `bin(…)` shows a change"),
    ("countOverTime", "`count(…) … by bin(5m)` counts the same"),
    ("sumOverTime", "`sum(…) … by bin(5m)` sums the same"),
    (
        "histogram",
        "`count(*) … by floor(value / 10) * 10` counts by range",
    ),
];
