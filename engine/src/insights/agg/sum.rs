use std::any::Any;

use super::accumulator::{Accumulator, Aggregate, Arguments, same};
use crate::base::Millis;
use crate::insights::value::{Number, Value};

pub(super) const AGGREGATE: Aggregate = Aggregate {
    name: "sum",
    aliases: &[],
    summary: "the sum of the numbers; missing where there are none",
    signature: "sum(expr)",
    note: None,
    arguments: Arguments::One,
    start: |_| Box::<Sum>::default(),
};

/// The same under the name that the guide shows together with `by bin(…)`.
pub(super) const OVER_TIME: Aggregate = Aggregate {
    name: "sumOverTime",
    aliases: &["sum_over_time"],
    summary: "the sum of the numbers, for each bin of `by bin(…)`",
    signature: "sumOverTime(expr)",
    note: None,
    arguments: Arguments::One,
    start: |_| Box::<Sum>::default(),
};

/// A sum that stays exact for whole numbers and compensates the rounding of the others (Neumaier), so
/// that the answer hardly depends on how the input was cut into chunks.
#[derive(Default)]
pub(super) struct Sum {
    pub(super) count: i64,
    whole: i128,
    has_fractions: bool,
    fractions: f64,
    compensation: f64,
}

impl Sum {
    pub(super) fn take(&mut self, number: Number) {
        self.count += 1;
        match number {
            Number::Integer(value) => self.whole += i128::from(value),
            Number::Float(value) => {
                self.has_fractions = true;
                self.compensate(value);
            }
        }
    }

    fn compensate(&mut self, value: f64) {
        let sum = self.fractions + value;
        self.compensation += if self.fractions.abs() >= value.abs() {
            (self.fractions - sum) + value
        } else {
            (value - sum) + self.fractions
        };
        self.fractions = sum;
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.count += other.count;
        self.whole += other.whole;
        self.has_fractions |= other.has_fractions;
        self.compensate(other.fractions);
        self.compensation += other.compensation;
    }

    pub(super) fn total(&self) -> f64 {
        self.whole as f64 + (self.fractions + self.compensation)
    }
}

impl Accumulator for Sum {
    fn add(&mut self, value: &Value<'_>, _at: Millis) {
        if let Some(number) = value.number() {
            self.take(number);
        }
    }

    fn takes_numbers(&self) -> bool {
        true
    }

    fn add_number(&mut self, number: Number) {
        self.take(number);
    }

    fn merge(&mut self, other: Box<dyn Any>) {
        if let Some(other) = same::<Self>(other) {
            self.join(&other);
        }
    }

    fn finish(self: Box<Self>) -> Value<'static> {
        match i64::try_from(self.whole) {
            _ if self.count == 0 => Value::Null,
            Ok(whole) if !self.has_fractions => Value::Integer(whole),
            _ => Value::float(self.total()),
        }
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
