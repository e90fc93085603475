use std::any::Any;

use super::accumulator::{Accumulator, Aggregate, Arguments, same};
use crate::base::{FastSet, Millis};
use crate::insights::choices;
use crate::insights::value::{Part, Structure, Value};

pub(super) const AGGREGATE: Aggregate = Aggregate {
    name: "values",
    aliases: &["COLLECT_VALUES"],
    summary: "the list of the different values, in the order they were first seen",
    signature: "values(expr)",
    note: Some(choices::VALUES_NOTE),
    arguments: Arguments::One,
    start: |_| Box::<Values>::default(),
};

/// Values differ where their text differs.
#[derive(Default)]
struct Values {
    seen: FastSet<Box<str>>,
    found: Vec<Value<'static>>,
}

impl Accumulator for Values {
    fn add(&mut self, value: &Value<'_>, _at: Millis) {
        if let Some(text) = value.display()
            && !self.seen.contains(&*text)
        {
            self.seen.insert(text.into());
            self.found.push(value.clone().into_owned());
        }
    }

    fn merge(&mut self, other: Box<dyn Any>) {
        let later = same::<Self>(other).map(|other| other.found);
        for value in later.unwrap_or_default() {
            self.add(&value, Millis(0));
        }
    }

    fn finish(self: Box<Self>) -> Value<'static> {
        if self.found.is_empty() {
            return Value::Null;
        }
        Value::Structure(Structure::list(self.found.iter().map(Part::from)))
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
