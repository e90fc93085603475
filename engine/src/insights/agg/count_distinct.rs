use std::any::Any;

use super::accumulator::{Accumulator, Aggregate, Arguments, same};
use super::text_set::TextSet;
use crate::base::Millis;
use crate::insights::value::Value;

/// Exact; AWS approximates when there are very many values.
pub(super) const AGGREGATE: Aggregate = Aggregate {
    name: "count_distinct",
    aliases: &["countDistinct"],
    summary: "the number of different values",
    signature: "count_distinct(expr)",
    note: None,
    arguments: Arguments::One,
    start: |_| Box::<CountDistinct>::default(),
};

/// Values differ where their text differs.
#[derive(Default)]
struct CountDistinct(TextSet);

impl Accumulator for CountDistinct {
    fn add(&mut self, value: &Value<'_>, _at: Millis) {
        if let Some(text) = value.display() {
            self.0.insert(&text);
        }
    }

    fn merge(&mut self, other: Box<dyn Any>) {
        if let Some(other) = same::<Self>(other) {
            self.0.join(other.0);
        }
    }

    fn fits_any_order(&self) -> bool {
        true
    }

    fn finish(self: Box<Self>) -> Value<'static> {
        Value::Integer(i64::try_from(self.0.count()).unwrap_or(i64::MAX))
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
