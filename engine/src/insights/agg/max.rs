use std::cmp::Ordering;

use super::accumulator::{Aggregate, Arguments};
use super::extreme::Extreme;

pub(super) const AGGREGATE: Aggregate = Aggregate {
    name: "max",
    aliases: &[],
    summary: "the greatest value: by number, or in the order of `sort` if some are not numbers",
    signature: "max(expr)",
    note: None,
    arguments: Arguments::One,
    start: |_| Box::new(Extreme::new(Ordering::Greater)),
};
