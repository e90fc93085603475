use std::any::Any;

use super::accumulator::{Accumulator, Aggregate, Arguments, same};
use crate::base::Millis;
use crate::insights::value::Value;

pub(super) const EARLIEST: Aggregate = Aggregate {
    name: "earliest",
    aliases: &[],
    summary: "the value of the row with the least `@timestamp`; a moment as milliseconds",
    signature: "earliest(expr)",
    note: None,
    arguments: Arguments::OneInTime,
    start: |_| Box::new(InTime::new(false)),
};

/// [`EARLIEST`] with moments as they are.
pub(super) static EARLIEST_MOMENT: Aggregate = Aggregate {
    start: |_| Box::new(InTime::new(false).of_moments()),
    ..EARLIEST
};

pub(super) const LATEST: Aggregate = Aggregate {
    name: "latest",
    aliases: &[],
    summary: "the value of the row with the greatest `@timestamp`; a moment as milliseconds",
    signature: "latest(expr)",
    note: None,
    arguments: Arguments::OneInTime,
    start: |_| Box::new(InTime::new(true)),
};

/// [`LATEST`] with moments as they are.
pub(super) static LATEST_MOMENT: Aggregate = Aggregate {
    start: |_| Box::new(InTime::new(true).of_moments()),
    ..LATEST
};

/// Among rows of one moment the first or the last to arrive counts.
struct InTime {
    latest: bool,
    found: Option<(Millis, Value<'static>)>,
    /// Whether a moment stays one; else it is its milliseconds, as published results show it.
    keeps_moments: bool,
}

impl InTime {
    fn new(latest: bool) -> Self {
        Self {
            latest,
            found: None,
            keeps_moments: false,
        }
    }

    fn of_moments(self) -> Self {
        Self {
            keeps_moments: true,
            ..self
        }
    }
}

impl Accumulator for InTime {
    fn add(&mut self, value: &Value<'_>, at: Millis) {
        let found = self.found.as_ref();
        let better = found.is_none_or(
            |(best, _)| {
                if self.latest { at >= *best } else { at < *best }
            },
        );
        if better {
            self.found = Some((at, value.clone().into_owned()));
        }
    }

    fn merge(&mut self, other: Box<dyn Any>) {
        if let Some((at, value)) = same::<Self>(other).and_then(|other| other.found) {
            self.add(&value, at);
        }
    }

    fn finish(self: Box<Self>) -> Value<'static> {
        match self.found {
            Some((_, Value::Timestamp(at))) if !self.keeps_moments => Value::Integer(at.0),
            Some((_, value)) => value,
            None => Value::Null,
        }
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
