use crate::insights::value::{Number, Value};

/// A sum of numbers: whole while it fits, missing until the first number.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Total(Option<Number>);

impl Total {
    /// Adds a value's number; what is no number adds nothing.
    pub(super) fn add(&mut self, value: &Value<'_>) {
        if let Some(number) = value.number() {
            self.0 = Some(self.0.map_or(number, |sum| plus(sum, number)));
        }
    }

    /// The sum so far.
    pub(super) fn value(self) -> Value<'static> {
        self.0.map_or(Value::Null, Value::from)
    }
}

fn plus(a: Number, b: Number) -> Number {
    if let (Number::Integer(a), Number::Integer(b)) = (a, b)
        && let Some(sum) = a.checked_add(b)
    {
        return Number::Integer(sum);
    }
    Number::Float(a.as_f64() + b.as_f64())
}
