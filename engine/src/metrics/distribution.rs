use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::choices::{LARGEST_EXACT_DISTRIBUTION, STEP};

/// Values with their weights, in order. Exact up to [`LARGEST_EXACT_DISTRIBUTION`] different values, rounded
/// above; the order in which values come does not matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Distribution {
    weights: BTreeMap<Value, f64>,
    rounded: bool,
}

#[derive(Clone, Copy, Debug)]
struct Value(f64);

impl Distribution {
    pub(super) fn add(&mut self, value: f64, weight: f64) {
        let value = if self.rounded { round(value) } else { value };
        // Adding zero makes one value of 0.0 and -0.0.
        *self.weights.entry(Value(value + 0.0)).or_insert(0.0) += weight;
        if self.weights.len() > LARGEST_EXACT_DISTRIBUTION && !self.rounded {
            self.round_all();
        }
    }

    pub(super) fn merge(&mut self, other: &Self) {
        if other.rounded && !self.rounded {
            self.round_all();
        }
        for (value, weight) in other.iter() {
            self.add(value, weight);
        }
    }

    /// Values with weights, the least first.
    pub(super) fn iter(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.weights
            .iter()
            .map(|(value, weight)| (value.0, *weight))
    }

    fn round_all(&mut self) {
        self.rounded = true;
        for (Value(value), weight) in std::mem::take(&mut self.weights) {
            *self.weights.entry(Value(round(value))).or_insert(0.0) += weight;
        }
    }
}

/// The middle, by ratio, of the step in which `value` lies. Zero stays, and what is below zero stays too:
/// percentiles are not answered there.
fn round(value: f64) -> f64 {
    if value <= 0.0 {
        return value;
    }
    let step = (value.ln() / STEP.ln()).floor();
    STEP.powf(step + 0.5)
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Value {}

impl PartialOrd for Value {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Value {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_distribution_is_rounded_by_five_percent_at_most() {
        let mut distribution = Distribution::default();
        for n in 1..=25_000_u32 {
            distribution.add(f64::from(n), 1.0);
        }
        assert!(distribution.weights.len() < 200);
        let weight: f64 = distribution.iter().map(|(_, w)| w).sum();
        assert!((weight - 25_000.0).abs() < 1e-6);
        for value in [0.001, 1.0, 7.5, 1e9] {
            assert!((round(value) / value - 1.0).abs() < 0.05);
        }
        assert_eq!(round(0.0), 0.0);
    }

    #[test]
    fn zero_has_no_sign() {
        let mut distribution = Distribution::default();
        distribution.add(0.0, 1.0);
        distribution.add(-0.0, 1.0);
        assert_eq!(distribution.iter().collect::<Vec<_>>(), [(0.0, 2.0)]);
    }
}
