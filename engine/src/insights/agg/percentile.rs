use std::any::Any;

use super::accumulator::{Accumulator, Aggregate, Arguments, same};
use crate::base::Millis;
use crate::insights::value::{Number, Value};

/// Nearest rank, exact at every size. Published tables of small groups agree with it; AWS interpolates
/// in large ones (seen from 238 values on) by a rule it does not publish.
pub(super) const AGGREGATE: Aggregate = Aggregate {
    name: "pct",
    aliases: &["percentile"],
    summary: "the value below which a percentage of the numbers lie (nearest rank)",
    signature: "pct(expr, percent)",
    note: None,
    arguments: Arguments::OneAndPercent,
    start: |percent| {
        Box::new(Percentile {
            percent,
            numbers: Vec::new(),
            of_nothing: Value::Integer(0),
        })
    },
};

/// [`AGGREGATE`], missing where there are no values.
pub(super) static OR_MISSING: Aggregate = Aggregate {
    start: |percent| {
        Box::new(Percentile {
            percent,
            numbers: Vec::new(),
            of_nothing: Value::Null,
        })
    },
    ..AGGREGATE
};

struct Percentile {
    percent: f64,
    numbers: Vec<f64>,
    of_nothing: Value<'static>,
}

impl Accumulator for Percentile {
    fn add(&mut self, value: &Value<'_>, _at: Millis) {
        self.numbers.extend(value.as_f64());
    }

    fn takes_numbers(&self) -> bool {
        true
    }

    fn add_number(&mut self, number: Number) {
        self.numbers.push(number.as_f64());
    }

    fn merge(&mut self, other: Box<dyn Any>) {
        self.numbers.extend(
            same::<Self>(other)
                .map(|other| other.numbers)
                .unwrap_or_default(),
        );
    }

    fn fits_any_order(&self) -> bool {
        true
    }

    fn finish(mut self: Box<Self>) -> Value<'static> {
        if self.numbers.is_empty() {
            return self.of_nothing;
        }
        let index = rank(self.percent, self.numbers.len()) - 1;
        let (_, value, _) = self.numbers.select_nth_unstable_by(index, f64::total_cmp);
        Value::float(*value)
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

/// `ceil(percent / 100 * count)`, at least one. Multiplied first, so that 55 % of 20 is 11, not 12.
fn rank(percent: f64, count: usize) -> usize {
    let exact = percent * count as f64 / 100.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and count"
    )]
    let rank = exact.ceil() as usize;
    rank.clamp(1, count)
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn the_median_of_four_is_the_second() {
        assert_eq!(rank(50.0, 4), 2);
        assert_eq!(rank(55.0, 20), 11);
        assert_eq!(rank(0.0, 3), 1);
        assert_eq!(rank(100.0, 3), 3);
    }
}
