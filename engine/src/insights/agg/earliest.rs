use std::any::Any;

use super::accumulator::{Accumulator, Aggregate, Arguments, same};
use crate::base::Millis;
use crate::insights::value::Value;

pub(super) const EARLIEST: Aggregate = Aggregate {
    name: "earliest",
    aliases: &[],
    summary: "the value of the row with the least `@timestamp`",
    signature: "earliest(expr)",
    note: None,
    arguments: Arguments::OneInTime,
    start: |_| {
        Box::new(InTime {
            latest: false,
            found: None,
        })
    },
};

pub(super) const LATEST: Aggregate = Aggregate {
    name: "latest",
    aliases: &[],
    summary: "the value of the row with the greatest `@timestamp`",
    signature: "latest(expr)",
    note: None,
    arguments: Arguments::OneInTime,
    start: |_| {
        Box::new(InTime {
            latest: true,
            found: None,
        })
    },
};

/// Among rows of one moment the first or the last to arrive counts.
struct InTime {
    latest: bool,
    found: Option<(Millis, Value<'static>)>,
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
        self.found.map_or(Value::Null, |(_, value)| value)
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
