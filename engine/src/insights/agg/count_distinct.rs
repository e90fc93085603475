use std::any::Any;

use super::accumulator::{Accumulator, Aggregate, Arguments, same};
use crate::base::{FastSet, Millis};
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
struct CountDistinct(FastSet<Box<str>>);

impl Accumulator for CountDistinct {
    fn add(&mut self, value: &Value<'_>, _at: Millis) {
        if let Some(text) = value.display()
            && !self.0.contains(&*text)
        {
            self.0.insert(text.into());
        }
    }

    fn merge(&mut self, other: Box<dyn Any>) {
        self.0
            .extend(same::<Self>(other).map(|other| other.0).unwrap_or_default());
    }

    fn finish(self: Box<Self>) -> Value<'static> {
        Value::Integer(i64::try_from(self.0.len()).unwrap_or(i64::MAX))
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
