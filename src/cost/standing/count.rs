use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Charge, Class};
use crate::cost::{Allowances, PriceError, PriceList, Usd};

/// How many of each class there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    fixed: BTreeMap<Class, usize>,
    metrics: BTreeSet<String>,
    varying: BTreeSet<String>,
    scans: BTreeMap<String, Decimal>,
    unknown: BTreeSet<String>,
}

impl Count {
    /// How many of `class`; a metric that several publish counts once.
    pub fn of(&self, class: Class) -> usize {
        let fixed = self.fixed.get(&class).copied().unwrap_or_default();
        match class {
            Class::Metric => fixed + self.metrics.len(),
            _ => fixed,
        }
    }

    /// Metrics of which each combination of values is one more: their number here is the least.
    pub fn varying(&self) -> impl Iterator<Item = &str> {
        self.varying.iter().map(String::as_str)
    }

    /// Log alarms, and how many hours of their log groups each scans a month.
    pub fn scans(&self) -> &BTreeMap<String, Decimal> {
        &self.scans
    }

    /// What cannot be told.
    pub fn unknown(&self) -> impl Iterator<Item = &str> {
        self.unknown.iter().map(String::as_str)
    }

    /// What a month costs, as far as it can be told.
    ///
    /// # Errors
    ///
    /// A price that the list lacks.
    pub fn monthly(&self, list: &PriceList, allowances: Allowances) -> Result<Usd, PriceError> {
        let mut sum = Usd::ZERO;
        for class in Class::all() {
            let price = list.price(class.item())?;
            sum += price.cost(Decimal::from(self.of(class)), allowances);
        }
        Ok(sum)
    }
}

impl Extend<Charge> for Count {
    fn extend<T: IntoIterator<Item = Charge>>(&mut self, charges: T) {
        for charge in charges {
            match charge {
                Charge::Fixed(class, count) => *self.fixed.entry(class).or_default() += count,
                Charge::Metric { identity, varies } => {
                    if varies {
                        self.varying.insert(identity.clone());
                    }
                    self.metrics.insert(identity);
                }
                Charge::Scans { alarm, hours } => {
                    self.scans.insert(alarm, hours);
                }
                Charge::Unknown(reason) => {
                    self.unknown.insert(reason);
                }
            }
        }
    }
}

impl FromIterator<Charge> for Count {
    fn from_iter<T: IntoIterator<Item = Charge>>(charges: T) -> Self {
        let mut count = Self::default();
        count.extend(charges);
        count
    }
}
