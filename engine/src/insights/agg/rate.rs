use std::any::Any;

use super::accumulator::{Accumulator, Aggregate, Arguments, same};
use crate::base::Millis;
use crate::insights::choices;
use crate::insights::value::Value;

pub(super) const AGGREGATE: Aggregate = Aggregate {
    name: "rate",
    aliases: &[],
    summary: "how much the number changes in a period: last less first by `@timestamp`, over the periods between them",
    signature: "rate(expr, period)",
    note: Some(choices::RATE_NOTE),
    arguments: Arguments::OneAndPeriodInTime,
    start: |period| Box::new(Rate::new(period)),
};

/// [`AGGREGATE`] by the other formula.
pub(super) static OVER_PERIOD: Aggregate = Aggregate {
    start: |period| {
        Box::new(Rate {
            over_period: true,
            ..Rate::new(period)
        })
    },
    ..AGGREGATE
};

/// Among numbers of one moment the first or the last to arrive counts.
struct Rate {
    /// In milliseconds.
    period: f64,
    first: Option<(Millis, f64)>,
    last: Option<(Millis, f64)>,
    /// Whether the change is divided by the seconds of the period alone.
    over_period: bool,
}

impl Rate {
    fn new(period: f64) -> Self {
        Self {
            period,
            first: None,
            last: None,
            over_period: false,
        }
    }

    fn take(&mut self, at: Millis, number: f64) {
        if self.first.is_none_or(|(first, _)| at < first) {
            self.first = Some((at, number));
        }
        if self.last.is_none_or(|(last, _)| at >= last) {
            self.last = Some((at, number));
        }
    }
}

impl Accumulator for Rate {
    fn add(&mut self, value: &Value<'_>, at: Millis) {
        if let Some(number) = value.as_f64() {
            self.take(at, number);
        }
    }

    fn merge(&mut self, other: Box<dyn Any>) {
        let Some(other) = same::<Self>(other) else {
            return;
        };
        for (at, number) in other.first.into_iter().chain(other.last) {
            self.take(at, number);
        }
    }

    fn finish(self: Box<Self>) -> Value<'static> {
        let (Some((start, first)), Some((end, last))) = (self.first, self.last) else {
            return Value::Null;
        };
        let periods = match self.over_period {
            true => self.period / 1000.0,
            false => (end.0 - start.0) as f64 / self.period,
        };
        Value::float((last - first) / periods)
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
