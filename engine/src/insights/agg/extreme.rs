use std::any::Any;
use std::cmp::Ordering;

use super::accumulator::{Accumulator, same};
use crate::base::Millis;
use crate::insights::value::{Number, Value, natural_order};

/// The least or greatest value: by number while all values are numbers, else in the order of `sort`.
pub(super) struct Extreme {
    /// The ordering of a better value to the best one so far.
    better: Ordering,
    all_numbers: bool,
    number: Option<(Number, Value<'static>)>,
    any: Option<Value<'static>>,
}

impl Extreme {
    pub(super) fn new(better: Ordering) -> Self {
        Self {
            better,
            all_numbers: true,
            number: None,
            any: None,
        }
    }

    fn take(&mut self, value: &Value<'_>) {
        match value.number() {
            Some(number) => {
                let best = self.number.as_ref();
                if best.is_none_or(|(best, _)| number.compare(*best) == self.better) {
                    self.number = Some((number, value.clone().into_owned()));
                }
            }
            None => self.all_numbers = false,
        }
        let best = self.any.as_ref();
        if best.is_none_or(|best| natural_order(value, best) == self.better) {
            self.any = Some(value.clone().into_owned());
        }
    }
}

impl Accumulator for Extreme {
    fn add(&mut self, value: &Value<'_>, _at: Millis) {
        self.take(value);
    }

    fn merge(&mut self, other: Box<dyn Any>) {
        let Some(other) = same::<Self>(other) else {
            return;
        };
        let all_numbers = self.all_numbers && other.all_numbers;
        if let Some((_, value)) = &other.number {
            self.take(value);
        }
        if let Some(value) = &other.any {
            self.take(value);
        }
        self.all_numbers = all_numbers;
    }

    fn finish(self: Box<Self>) -> Value<'static> {
        match self.number {
            Some((_, at @ Value::Timestamp(_))) if self.all_numbers => at,
            Some((number, _)) if self.all_numbers => number.into(),
            _ => self.any.unwrap_or(Value::Null),
        }
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}
