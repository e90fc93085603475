//! What the next days will cost.

use jiff::civil::Date;
use jiff::{ToSpan, Unit};

/// A forecast of daily costs. AWS does not publish Cost Explorer's model: this one is Belfry's own, and wherever its
/// figures are shown that is said. A day is expected to cost the mean of the same weekday over the last eight weeks;
/// the interval is that of a normal distribution with the standard deviation of what those means missed.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// By weekday, Monday first.
    means: [f64; 7],
    deviation: f64,
}

/// Weeks that are looked at.
const WEEKS: i64 = 8;
/// Days of history without which nothing is expected.
pub const LEAST_DAYS: usize = 14;

/// A sum that is expected, and the interval around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// The mean.
    pub mean: f64,
    /// Not below zero where the mean is not.
    pub lower: f64,
    /// The upper bound.
    pub upper: f64,
}

impl Outlook {
    /// From whole days before `today`, oldest first, each with its cost; days that are missing cost nothing. Nothing
    /// where there are less than [`LEAST_DAYS`].
    pub fn of(history: &[(Date, f64)], today: Date) -> Option<Self> {
        let first = today.checked_sub((WEEKS * 7).days()).ok()?;
        let days: Vec<(Date, f64)> = history
            .iter()
            .filter(|(day, _)| *day >= first && *day < today)
            .copied()
            .collect();
        if days.len() < LEAST_DAYS {
            return None;
        }
        let mut means = [0.0; 7];
        for (weekday, mean) in means.iter_mut().enumerate() {
            let same = days.iter().filter(|(day, _)| index(*day) == weekday);
            let same: Vec<f64> = same.map(|(_, cost)| *cost).collect();
            *mean = average(&same);
        }
        let squares = days
            .iter()
            .map(|(day, cost)| (cost - means[index(*day)]).powi(2));
        let deviation = average(&squares.collect::<Vec<_>>()).sqrt();
        Some(Self { means, deviation })
    }

    /// What the days from `start` to before `end` cost together, within an interval of `level` percent.
    pub fn expect(&self, start: Date, end: Date, level: u8) -> Expected {
        let days = start
            .until((Unit::Day, end))
            .map_or(0, |span| span.get_days())
            .max(0);
        let dates = start
            .series(1.day())
            .take(usize::try_from(days).unwrap_or(0));
        let mean: f64 = dates.map(|day| self.means[index(day)]).sum();
        let reach = quantile(level) * self.deviation * f64::from(days).sqrt();
        let lower = mean - reach;
        Expected {
            mean,
            lower: if mean < 0.0 { lower } else { lower.max(0.0) },
            upper: mean + reach,
        }
    }
}

fn index(day: Date) -> usize {
    usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or(0) % 7
}

fn average(values: &[f64]) -> f64 {
    let count = u32::try_from(values.len()).unwrap_or(u32::MAX).max(1);
    values.iter().sum::<f64>() / f64::from(count)
}

/// How many standard deviations to each side hold `level` percent of a normal distribution: found by halving, with
/// the distribution function of Abramowitz and Stegun (7.1.26), whose error is below 2 in ten million.
fn quantile(level: u8) -> f64 {
    let wanted = f64::from(level.min(99)) / 100.0;
    let (mut low, mut high) = (0.0, 5.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if within(middle) < wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// The share within `z` standard deviations.
fn within(z: f64) -> f64 {
    let x = z / std::f64::consts::SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * x);
    let factors = [
        1.061_405_429,
        -1.453_152_027,
        1.421_413_741,
        -0.284_496_736,
        0.254_829_592,
    ];
    let sum = factors.iter().fold(0.0, |sum, factor| (sum + factor) * t);
    1.0 - sum * (-x * x).exp()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_interval_is_that_of_a_normal_distribution() {
        assert!((quantile(95) - 1.959_96).abs() < 1e-4);
        assert!((quantile(80) - 1.281_55).abs() < 1e-4);
        assert!((quantile(51) - 0.690_31).abs() < 1e-4);
    }

    #[test]
    fn a_week_repeats_itself() {
        let today = date(2026, 11, 23);
        let first = date(2026, 10, 26);
        let cost = |day: Date| if index(day) < 5 { 10.0 } else { 4.0 };
        let history: Vec<_> = first
            .series(1.day())
            .take(28)
            .map(|day| (day, cost(day)))
            .collect();
        let outlook = Outlook::of(&history, today).unwrap();
        let week = outlook.expect(today, date(2026, 11, 30), 80);
        assert!((week.mean - 58.0).abs() < 1e-9 && (week.upper - week.lower).abs() < 1e-9);
        assert!(Outlook::of(&history[..13], today).is_none());
    }
}
