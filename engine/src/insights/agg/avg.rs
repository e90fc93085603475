use std::any::Any;

use super::accumulator::{Accumulator, Aggregate, Arguments, same};
use super::sum::Sum;
use crate::base::Millis;
use crate::insights::value::{Number, Value};

pub(super) const AGGREGATE: Aggregate = Aggregate {
    name: "avg",
    aliases: &[],
    summary: "the mean of the numbers; missing where there are none",
    signature: "avg(expr)",
    note: None,
    arguments: Arguments::One,
    start: |_| Box::<Avg>::default(),
};

#[derive(Default)]
struct Avg(Sum);

impl Accumulator for Avg {
    fn add(&mut self, value: &Value<'_>, at: Millis) {
        self.0.add(value, at);
    }

    fn takes_numbers(&self) -> bool {
        true
    }

    fn add_number(&mut self, number: Number) {
        self.0.take(number);
    }

    fn merge(&mut self, other: Box<dyn Any>) {
        if let Some(other) = same::<Self>(other) {
            self.0.join(&other.0);
        }
    }

    fn finish(self: Box<Self>) -> Value<'static> {
        if self.0.count == 0 {
            return Value::Null;
        }
        Value::float(self.0.total() / self.0.count as f64)
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
