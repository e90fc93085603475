use std::any::Any;

use super::accumulator::{Accumulator, Aggregate, Arguments, same};
use crate::base::Millis;
use crate::insights::value::Value;

pub(super) const AGGREGATE: Aggregate = Aggregate {
    name: "count",
    aliases: &[],
    summary: "the number of rows, or of rows where the expression is not missing",
    signature: "count(*) | count(expr)",
    note: None,
    arguments: Arguments::StarOrOne,
    start: |_| Box::new(Count(0)),
};

/// The same under the name that the guide shows together with `by bin(…)`.
pub(super) const OVER_TIME: Aggregate = Aggregate {
    name: "countOverTime",
    aliases: &["count_over_time"],
    summary: "the number of rows where the expression is not missing, for each bin of `by bin(…)`",
    signature: "countOverTime(*) | countOverTime(expr)",
    note: None,
    arguments: Arguments::StarOrOne,
    start: |_| Box::new(Count(0)),
};

struct Count(i64);

impl Accumulator for Count {
    fn add(&mut self, _value: &Value<'_>, _at: Millis) {
        self.0 += 1;
    }

    fn merge(&mut self, other: Box<dyn Any>) {
        self.0 += same::<Self>(other).map_or(0, |other| other.0);
    }

    fn fits_any_order(&self) -> bool {
        true
    }

    fn finish(self: Box<Self>) -> Value<'static> {
        Value::Integer(self.0)
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
