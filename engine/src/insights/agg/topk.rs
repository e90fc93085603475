use std::any::Any;
use std::cmp::Reverse;

use indexmap::IndexMap;

use super::accumulator::{Accumulator, Aggregate, Arguments, same};
use crate::base::Millis;
use crate::insights::choices;
use crate::insights::value::{Part, Structure, Value};

pub(super) const AGGREGATE: Aggregate = Aggregate {
    name: "topk",
    aliases: &[],
    summary: "the list of the most frequent values, most frequent first; stands alone in its `stats`, without `by`",
    signature: "topk(count, expr)",
    note: Some(choices::TOPK_NOTE),
    arguments: Arguments::CountAndOne,
    start: |count| {
        Box::new(TopK {
            count,
            seen: IndexMap::default(),
        })
    },
};

/// Exact; values are one where their texts are, and of equally frequent ones the first seen comes first.
struct TopK {
    count: f64,
    seen: IndexMap<Box<str>, (Value<'static>, u64)>,
}

impl TopK {
    fn count(&mut self, value: &Value<'_>, times: u64) {
        let Some(text) = value.display() else { return };
        match self.seen.get_mut(&*text) {
            Some((_, seen)) => *seen += times,
            None => {
                let entry = (value.clone().into_owned(), times);
                self.seen.insert(text.into(), entry);
            }
        }
    }
}

impl Accumulator for TopK {
    fn add(&mut self, value: &Value<'_>, _at: Millis) {
        self.count(value, 1);
    }

    fn merge(&mut self, other: Box<dyn Any>) {
        let later = same::<Self>(other).map(|other| other.seen);
        for (value, times) in later.unwrap_or_default().into_values() {
            self.count(&value, times);
        }
    }

    fn finish(self: Box<Self>) -> Value<'static> {
        if self.seen.is_empty() {
            return Value::Null;
        }
        let mut all: Vec<_> = self.seen.into_values().collect();
        all.sort_by_key(|(_, times)| Reverse(*times));
        all.truncate(super::accumulator::whole(self.count));
        Value::Structure(Structure::list(
            all.iter().map(|(value, _)| Part::from(value)),
        ))
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
