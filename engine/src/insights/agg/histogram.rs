use std::any::Any;

use super::accumulator::{Accumulator, Aggregate, Arguments, same, whole};
use crate::base::Millis;
use crate::insights::choices;
use crate::insights::value::{Part, Structure, Value, float_text};

pub(super) const AGGREGATE: Aggregate = Aggregate {
    name: "histogram",
    aliases: &[],
    summary: "a map from ranges of equal width, from the least to the greatest number, to how many numbers lie in each",
    signature: "histogram(expr, count)",
    note: Some(choices::HISTOGRAM_NOTE),
    arguments: Arguments::OneAndCount,
    start: |count| {
        Box::new(Histogram {
            ranges: whole(count),
            numbers: Vec::new(),
        })
    },
};

struct Histogram {
    ranges: usize,
    numbers: Vec<f64>,
}

impl Accumulator for Histogram {
    fn add(&mut self, value: &Value<'_>, _at: Millis) {
        self.numbers.extend(value.as_f64());
    }

    fn merge(&mut self, other: Box<dyn Any>) {
        let later = same::<Self>(other).map(|other| other.numbers);
        self.numbers.extend(later.unwrap_or_default());
    }

    fn finish(self: Box<Self>) -> Value<'static> {
        let least = self.numbers.iter().copied().reduce(f64::min);
        let greatest = self.numbers.iter().copied().reduce(f64::max);
        let (Some(least), Some(greatest)) = (least, greatest) else {
            return Value::Null;
        };
        let counts = count(&self.numbers, least, greatest, self.ranges);
        let width = (greatest - least) / counts.len() as f64;
        let edge = |index: usize| float_text(least + width * index as f64);
        let last = counts.len() - 1;
        let entries = counts.iter().enumerate().map(|(index, count)| {
            let (end, close) = match index == last {
                true => (float_text(greatest), ']'),
                false => (edge(index + 1), ')'),
            };
            let key = format!("[{},{end}{close}", edge(index));
            (key, Part::Number(count.to_string().into()))
        });
        Value::Structure(Structure::map(entries))
    }

    fn into_any(self: Box<Self>) -> Box<dyn Any> {
        self
    }
}

/// How many numbers each range holds; one range where all numbers are the same. The last range holds its
/// end.
fn count(numbers: &[f64], least: f64, greatest: f64, ranges: usize) -> Vec<u64> {
    let ranges = if least < greatest { ranges.max(1) } else { 1 };
    let mut counts = vec![0; ranges];
    let width = (greatest - least) / ranges as f64;
    for number in numbers {
        let place = whole((number - least) / width).min(ranges - 1);
        if let Some(count) = counts.get_mut(place) {
            *count += 1;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn the_greatest_number_lies_in_the_last_range() {
        assert_eq!(count(&[0.0, 4.9, 5.0, 10.0], 0.0, 10.0, 2), [2, 2]);
        assert_eq!(count(&[7.0, 7.0], 7.0, 7.0, 3), [2]);
    }
}
