use jiff::civil::Date;
use jiff::{ToSpan, Unit};
use rust_decimal::Decimal;

use crate::cost::{TimeUnit, Usd};

/// How a budget's period is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Burn {
    /// For the period.
    pub budget: Usd,
    /// Spent on its whole days.
    pub spent: Usd,
    /// How many of them are over.
    pub elapsed: i64,
    /// How many there are.
    pub days: i64,
    /// Its first day.
    pub start: Date,
    unit: TimeUnit,
}

impl Burn {
    /// Of the period that holds `today`, which counts as not yet over; a budget of days is that of the last whole one.
    /// Nothing where the budget is nothing.
    pub fn of(
        budget: Usd,
        spent: Usd,
        unit: TimeUnit,
        (start, end): (Date, Date),
        today: Date,
    ) -> Option<Self> {
        let until = |day: Date| {
            let span = start.until((Unit::Day, day));
            span.map_or(0, |span| i64::from(span.get_days()))
        };
        let (start, elapsed) = match unit {
            TimeUnit::Daily => (today.yesterday().unwrap_or(today), 1),
            _ => (start, until(today)),
        };
        (budget > Usd::ZERO).then(|| Self {
            budget,
            spent,
            elapsed,
            days: until(end).max(1),
            start,
            unit,
        })
    }

    /// Percent of the budget that is spent.
    pub fn share(&self) -> Decimal {
        let share = self.spent.dollars().checked_div(self.budget.dollars());
        let share = share.and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED));
        share.unwrap_or(Decimal::MAX)
    }

    /// Percent of the period that is over.
    pub fn elapsed_share(&self) -> Decimal {
        Decimal::from(self.elapsed * 100) / Decimal::from(self.days)
    }

    /// Percent of what the budget has for the days that are over: above 100, the period ends over budget. Nothing on
    /// the first day.
    pub fn rate(&self) -> Option<Decimal> {
        let share = self.elapsed_share();
        let rate = self.share().checked_div(share)?;
        rate.checked_mul(Decimal::ONE_HUNDRED)
    }

    /// The day on which the budget ends, where it does.
    pub fn ends_on(&self) -> Option<Date> {
        let pace = self
            .spent
            .dollars()
            .checked_div(Decimal::from(self.elapsed))?;
        let days = self.budget.dollars().checked_div(pace)?;
        let whole: i64 = days.ceil().try_into().ok()?;
        let ends = whole <= self.days && self.spent > Usd::ZERO;
        let last = self.start.checked_add((whole - 1).days()).ok();
        last.filter(|_| ends)
    }

    /// ``62 % of the budget at 48 % of the month; at this pace the budget ends on the 24th``.
    pub fn sentence(&self) -> String {
        let percent = |share: Decimal| share.round_dp(0).normalize().to_string();
        let (share, elapsed) = (percent(self.share()), percent(self.elapsed_share()));
        let period = self.unit.noun();
        if self.unit == TimeUnit::Daily {
            return format!("{share} % of the budget of {}", self.start);
        }
        let begin = format!("{share} % of the budget at {elapsed} % of the {period}");
        if self.elapsed == 0 {
            return format!("{begin}; the {period} has just begun");
        }
        if self.spent >= self.budget {
            return format!("{begin}; the budget is used up");
        }
        match self.ends_on() {
            Some(day) if self.unit == TimeUnit::Monthly => format!(
                "{begin}; at this pace the budget ends on the {}",
                ordinal(day.day())
            ),
            Some(day) => format!("{begin}; at this pace the budget ends on {day}"),
            None => {
                let rate = self.rate().unwrap_or_default();
                format!(
                    "{begin}; at this pace the {period} ends at {} % of it",
                    percent(rate)
                )
            }
        }
    }
}

fn ordinal(day: i8) -> String {
    let ending = match (day % 10, day % 100) {
        (1, rest) if rest != 11 => "st",
        (2, rest) if rest != 12 => "nd",
        (3, rest) if rest != 13 => "rd",
        _ => "th",
    };
    format!("{day}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn sentence(spent: i64, day: i8) -> String {
        let usd = |dollars: i64| Usd::new(dollars.into());
        let month = (date(2026, 11, 1), date(2026, 12, 1));
        let today = date(2026, 11, day);
        let burn = Burn::of(usd(1000), usd(spent), TimeUnit::Monthly, month, today);
        burn.unwrap().sentence()
    }

    #[test]
    fn the_sentence_says_where_the_pace_leads() {
        assert_eq!(
            sentence(620, 16),
            "62 % of the budget at 50 % of the month; at this pace the budget ends on the 25th"
        );
        assert_eq!(
            sentence(300, 16),
            "30 % of the budget at 50 % of the month; at this pace the month ends at 60 % of it"
        );
        assert_eq!(
            sentence(1200, 22),
            "120 % of the budget at 70 % of the month; the budget is used up"
        );
        assert_eq!(
            sentence(0, 1),
            "0 % of the budget at 0 % of the month; the month has just begun"
        );
        assert_eq!(
            sentence(0, 11),
            "0 % of the budget at 33 % of the month; at this pace the month ends at 0 % of it"
        );
        assert!(sentence(950, 21).ends_with("ends on the 22nd"));
        assert_eq!([11, 23, 31].map(ordinal), ["11th", "23rd", "31st"]);
    }

    #[test]
    fn other_periods_are_called_by_their_names() {
        let usd = |dollars: i64| Usd::new(dollars.into());
        let quarter = (date(2026, 10, 1), date(2027, 1, 1));
        let today = date(2026, 11, 16);
        let burn = Burn::of(usd(920), usd(690), TimeUnit::Quarterly, quarter, today).unwrap();
        assert_eq!(
            burn.sentence(),
            "75 % of the budget at 50 % of the quarter; at this pace the budget ends on 2026-12-01"
        );
        let day = (today, date(2026, 11, 17));
        let burn = Burn::of(usd(10), usd(12), TimeUnit::Daily, day, today).unwrap();
        assert_eq!(burn.sentence(), "120 % of the budget of 2026-11-15");
    }

    #[test]
    fn credits_and_the_smallest_budgets_break_nothing() {
        let usd = |text: &str| Usd::new(text.parse().unwrap());
        let month = (date(2026, 11, 1), date(2026, 12, 1));
        let of = |budget, spent| {
            let today = date(2026, 11, 16);
            let burn = Burn::of(usd(budget), usd(spent), TimeUnit::Monthly, month, today);
            burn.unwrap().sentence()
        };
        assert_eq!(
            of("1000", "-50"),
            "-5 % of the budget at 50 % of the month; at this pace the month ends at -10 % of it"
        );
        assert!(of("0.0000000000000000000000000001", "999999999999").ends_with("used up"));
    }
}
