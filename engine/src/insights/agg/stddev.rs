use std::any::Any;

use super::accumulator::{Accumulator, Aggregate, Arguments, same};
use super::variance::Variance;
use crate::base::Millis;
use crate::insights::value::Value;

/// The population's, to match `variance`; the user guide does not say which.
pub(super) const AGGREGATE: Aggregate = Aggregate {
    name: "stddev",
    aliases: &[],
    summary: "the standard deviation of the numbers, as of a whole population",
    signature: "stddev(expr)",
    note: None,
    arguments: Arguments::One,
    start: |_| Box::<Stddev>::default(),
};

/// [`AGGREGATE`] of a sample.
pub(super) static OF_SAMPLE: Aggregate = Aggregate {
    start: |_| {
        Box::new(Stddev {
            of_sample: true,
            ..Stddev::default()
        })
    },
    ..AGGREGATE
};

#[derive(Default)]
struct Stddev {
    variance: Variance,
    of_sample: bool,
}

impl Accumulator for Stddev {
    fn add(&mut self, value: &Value<'_>, at: Millis) {
        self.variance.add(value, at);
    }

    fn merge(&mut self, other: Box<dyn Any>) {
        if let Some(other) = same::<Self>(other) {
            self.variance.join(&other.variance);
        }
    }

    fn finish(self: Box<Self>) -> Value<'static> {
        let variance = match self.of_sample {
            true => self.variance.sample(),
            false => self.variance.population(),
        };
        variance.map_or(Value::Null, |variance| Value::float(variance.sqrt()))
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
