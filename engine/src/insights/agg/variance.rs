use std::any::Any;

use super::accumulator::{Accumulator, Aggregate, Arguments, same};
use crate::base::Millis;
use crate::insights::value::Value;

/// The population's variance, as the user guide says.
pub(super) const AGGREGATE: Aggregate = Aggregate {
    name: "variance",
    aliases: &[],
    summary: "the variance of the numbers, as of a whole population",
    signature: "variance(expr)",
    note: None,
    arguments: Arguments::One,
    start: |_| Box::<Variance>::default(),
};

/// Welford's running variance.
#[derive(Default)]
pub(super) struct Variance {
    count: f64,
    mean: f64,
    squares: f64,
}

impl Variance {
    pub(super) fn population(&self) -> Option<f64> {
        (self.count > 0.0).then(|| self.squares / self.count)
    }

    pub(super) fn sample(&self) -> Option<f64> {
        (self.count > 1.0).then(|| self.squares / (self.count - 1.0))
    }

    pub(super) fn join(&mut self, other: &Self) {
        if other.count == 0.0 {
            return;
        }
        let count = self.count + other.count;
        let delta = other.mean - self.mean;
        self.squares += other.squares + delta * delta * self.count * other.count / count;
        self.mean += delta * other.count / count;
        self.count = count;
    }
}

impl Accumulator for Variance {
    fn add(&mut self, value: &Value<'_>, _at: Millis) {
        if let Some(value) = value.as_f64() {
            self.count += 1.0;
            let delta = value - self.mean;
            self.mean += delta / self.count;
            self.squares += delta * (value - self.mean);
        }
    }

    fn merge(&mut self, other: Box<dyn Any>) {
        if let Some(other) = same::<Self>(other) {
            self.join(&other);
        }
    }

    fn finish(self: Box<Self>) -> Value<'static> {
        self.population().map_or(Value::Null, Value::float)
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
