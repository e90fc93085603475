use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::cost::Usd;

/// Amounts by day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days(BTreeMap<Date, Usd>);

impl Days {
    /// Adds to a day.
    pub fn add(&mut self, day: Date, amount: Usd) {
        *self.0.entry(day).or_default() += amount;
    }

    /// The amount of a day; nothing was paid where nothing is known.
    pub fn on(&self, day: Date) -> Usd {
        self.0.get(&day).copied().unwrap_or_default()
    }

    /// From `start` to before `end`.
    pub fn sum(&self, start: Date, end: Date) -> Usd {
        match start < end {
            true => self.0.range(start..end).map(|(_, amount)| *amount).sum(),
            false => Usd::ZERO,
        }
    }

    /// The amounts of `count` days up to and with `last`, oldest first.
    pub fn last(&self, last: Date, count: i64) -> Vec<Usd> {
        let days = (0..count).rev();
        days.map(|back| {
            last.checked_sub(back.days())
                .map_or(Usd::ZERO, |day| self.on(day))
        })
        .collect()
    }
}
