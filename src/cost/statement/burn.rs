use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::cost::Usd;

/// How a month's budget is used up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Burn {
    /// For the month.
    pub budget: Usd,
    /// Spent on its whole days.
    pub spent: Usd,
    /// How many of them are over.
    pub elapsed: i64,
    /// How many there are.
    pub days: i64,
}

impl Burn {
    /// Of the month of `today`, whose day counts as not yet over; nothing where the budget is nothing.
    pub fn of(budget: Usd, spent: Usd, today: Date) -> Option<Self> {
        (budget > Usd::ZERO).then(|| Self {
            budget,
            spent,
            elapsed: i64::from(today.day()) - 1,
            days: i64::from(today.days_in_month()),
        })
    }

    /// Percent of the budget that is spent.
    pub fn share(&self) -> Decimal {
        self.spent.dollars() / self.budget.dollars() * Decimal::ONE_HUNDRED
    }

    /// Percent of the month that is over.
    pub fn elapsed_share(&self) -> Decimal {
        Decimal::from(self.elapsed * 100) / Decimal::from(self.days)
    }

    /// Percent of what the budget has for the days that are over: above 100, the month ends over budget. Nothing on
    /// the first day.
    pub fn rate(&self) -> Option<Decimal> {
        let share = self.elapsed_share();
        (!share.is_zero()).then(|| self.share() / share * Decimal::ONE_HUNDRED)
    }

    /// The day of the month on which the budget ends, where it does.
    pub fn ends_on(&self) -> Option<i64> {
        let pace = self
            .spent
            .dollars()
            .checked_div(Decimal::from(self.elapsed))?;
        let days = self.budget.dollars().checked_div(pace)?;
        let whole = days.ceil().try_into().ok()?;
        (whole <= self.days && self.spent > Usd::ZERO).then_some(whole)
    }

    /// ``62 % of the budget at 48 % of the month; at this pace the budget ends on the 24th``.
    pub fn sentence(&self) -> String {
        let percent = |share: Decimal| share.round_dp(0).normalize().to_string();
        let (share, elapsed) = (percent(self.share()), percent(self.elapsed_share()));
        let begin = format!("{share} % of the budget at {elapsed} % of the month");
        if self.elapsed == 0 {
            return format!("{begin}; the month has just begun");
        }
        if self.spent >= self.budget {
            return format!("{begin}; the budget is used up");
        }
        match self.ends_on() {
            Some(day) => format!(
                "{begin}; at this pace the budget ends on the {}",
                ordinal(day)
            ),
            None => {
                let rate = self.rate().unwrap_or_default();
                format!(
                    "{begin}; at this pace the month ends at {} % of it",
                    percent(rate)
                )
            }
        }
    }
}

fn ordinal(day: i64) -> String {
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
        Burn::of(usd(1000), usd(spent), date(2026, 11, day))
            .unwrap()
            .sentence()
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
}
