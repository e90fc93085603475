use std::any::Any;
use std::cmp::Ordering;

use super::accumulator::{Accumulator, Aggregate, Arguments, same};
use crate::base::Millis;
use crate::insights::value::{Value, natural_order};

pub(super) const FIRST: Aggregate = Aggregate {
    name: "sortsFirst",
    aliases: &[],
    summary: "the value that `sort` would put first",
    signature: "sortsFirst(expr)",
    note: None,
    arguments: Arguments::One,
    start: |_| {
        Box::new(Sorts {
            better: Ordering::Less,
            best: None,
        })
    },
};

pub(super) const LAST: Aggregate = Aggregate {
    name: "sortsLast",
    aliases: &[],
    summary: "the value that `sort` would put last",
    signature: "sortsLast(expr)",
    note: None,
    arguments: Arguments::One,
    start: |_| {
        Box::new(Sorts {
            better: Ordering::Greater,
            best: None,
        })
    },
};

struct Sorts {
    better: Ordering,
    best: Option<Value<'static>>,
}

impl Accumulator for Sorts {
    fn add(&mut self, value: &Value<'_>, _at: Millis) {
        let best = self.best.as_ref();
        if best.is_none_or(|best| natural_order(value, best) == self.better) {
            self.best = Some(value.clone().into_owned());
        }
    }

    fn merge(&mut self, other: Box<dyn Any>) {
        if let Some(value) = same::<Self>(other).and_then(|other| other.best) {
            self.add(&value, Millis(0));
        }
    }

    fn finish(self: Box<Self>) -> Value<'static> {
        self.best.unwrap_or(Value::Null)
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
