use std::cmp::Ordering;

use super::accumulator::{Aggregate, Arguments};
use super::extreme::Extreme;

pub(super) const AGGREGATE: Aggregate = Aggregate {
    name: "min",
    aliases: &[],
    summary: "the least value: by number, or in the order of `sort` if some are not numbers",
    signature: "min(expr)",
    note: None,
    arguments: Arguments::One,
    start: |_| Box::new(Extreme::new(Ordering::Less)),
};
