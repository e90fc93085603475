use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::choices::{LARGEST_EXACT_DISTRIBUTION, STEP};

/// Values with their weights, in order. Exact up to [`LARGEST_EXACT_DISTRIBUTION`] different values, rounded
/// above; the order in which values come does not matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Distribution {
    weights: Weights,
    rounded: bool,
}

/// Most buckets hold one value or a few: those cost little memory.
#[derive(Clone, Debug, Default, PartialEq)]
enum Weights {
    #[default]
    None,
    One(f64, f64),
    /// In order.
    Few(Vec<(f64, f64)>),
    Many(BTreeMap<Value, f64>),
}

/// From so many values on a tree is quicker than a list.
const MANY: usize = 64;

#[derive(Clone, Copy, Debug)]
struct Value(f64);

impl Weights {
    fn len(&self) -> usize {
        match self {
            Self::None => 0,
            Self::One(..) => 1,
            Self::Few(few) => few.len(),
            Self::Many(many) => many.len(),
        }
    }

    fn add(&mut self, value: f64, weight: f64) {
        match self {
            Self::None => *self = Self::One(value, weight),
            Self::One(one, sum) if *one == value => *sum += weight,
            Self::One(one, sum) => {
                let mut few = vec![(*one, *sum), (value, weight)];
                few.sort_by(|a, b| a.0.total_cmp(&b.0));
                *self = Self::Few(few);
            }
            Self::Few(few) => {
                match few.binary_search_by(|(known, _)| known.total_cmp(&value)) {
                    Ok(place) => {
                        if let Some((_, sum)) = few.get_mut(place) {
                            *sum += weight;
                        }
                    }
                    Err(place) => few.insert(place, (value, weight)),
                }
                if few.len() > MANY {
                    let many = few.iter().map(|(value, weight)| (Value(*value), *weight));
                    *self = Self::Many(many.collect());
                }
            }
            Self::Many(many) => *many.entry(Value(value)).or_insert(0.0) += weight,
        }
    }

    fn iter(&self) -> Box<dyn Iterator<Item = (f64, f64)> + '_> {
        match self {
            Self::None => Box::new(std::iter::empty()),
            Self::One(value, weight) => Box::new(std::iter::once((*value, *weight))),
            Self::Few(few) => Box::new(few.iter().copied()),
            Self::Many(many) => Box::new(many.iter().map(|(value, weight)| (value.0, *weight))),
        }
    }
}

impl Distribution {
    pub(super) fn add(&mut self, value: f64, weight: f64) {
        let value = if self.rounded { round(value) } else { value };
        // Adding zero makes one value of 0.0 and -0.0.
        self.weights.add(value + 0.0, weight);
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
        self.weights.iter()
    }

    fn round_all(&mut self) {
        self.rounded = true;
        for (value, weight) in std::mem::take(&mut self.weights).iter() {
            self.weights.add(round(value), weight);
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
