use jiff::ToSpan;
use jiff::civil::Date;

/// After what time a budget begins anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// A day.
    Daily,
    /// A month of the calendar.
    Monthly,
    /// Three months, from January, April, July and October.
    Quarterly,
    /// A year of the calendar.
    Annually,
    /// Never: it has one period of its own.
    Custom,
}

/// Unit, AWS's name, what its period is called.
const UNITS: &[(TimeUnit, &str, &str)] = &[
    (TimeUnit::Daily, "DAILY", "day"),
    (TimeUnit::Monthly, "MONTHLY", "month"),
    (TimeUnit::Quarterly, "QUARTERLY", "quarter"),
    (TimeUnit::Annually, "ANNUALLY", "year"),
    (TimeUnit::Custom, "CUSTOM", "period"),
];

impl TimeUnit {
    /// By AWS's name.
    pub fn parse(name: &str) -> Option<Self> {
        let found = UNITS.iter().find(|(_, other, _)| *other == name);
        found.map(|(unit, ..)| *unit)
    }

    /// What its period is called.
    pub fn noun(self) -> &'static str {
        let found = UNITS.iter().find(|(unit, ..)| *unit == self);
        found.map_or("period", |(.., noun)| noun)
    }

    /// The period that holds `today`: its first day, and the day behind its last. Nothing for [`Self::Custom`], whose
    /// period only the budget knows.
    pub fn around(self, today: Date) -> Option<(Date, Date)> {
        let month = today.first_of_month();
        let months = |from: Date, count: i64| from.checked_add(count.months()).ok();
        match self {
            Self::Daily => Some((today, today.tomorrow().ok()?)),
            Self::Monthly => Some((month, months(month, 1)?)),
            Self::Quarterly => {
                let first = months(month, -i64::from((today.month() - 1) % 3))?;
                Some((first, months(first, 3)?))
            }
            Self::Annually => Some((today.first_of_year(), months(today.first_of_year(), 12)?)),
            Self::Custom => None,
        }
    }

    /// The periods before the one that holds `today`, the latest first.
    pub fn before(self, today: Date) -> impl Iterator<Item = (Date, Date)> {
        let earlier = move |(start, _): &(Date, Date)| self.around(start.yesterday().ok()?);
        std::iter::successors(self.around(today), earlier).skip(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_begin_where_their_unit_does() {
        let around = |name| TimeUnit::parse(name).unwrap().around(date(2026, 11, 21));
        assert_eq!(
            around("MONTHLY"),
            Some((date(2026, 11, 1), date(2026, 12, 1)))
        );
        assert_eq!(
            around("QUARTERLY"),
            Some((date(2026, 10, 1), date(2027, 1, 1)))
        );
        assert_eq!(
            around("ANNUALLY"),
            Some((date(2026, 1, 1), date(2027, 1, 1)))
        );
        assert_eq!(around("CUSTOM"), None);
    }

    #[test]
    fn periods_before_go_back_one_by_one() {
        let starts = |unit: TimeUnit| {
            let before = unit.before(date(2026, 2, 3)).take(2);
            before
                .map(|(start, _)| start.to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(starts(TimeUnit::Daily), ["2026-02-02", "2026-02-01"]);
        assert_eq!(starts(TimeUnit::Monthly), ["2026-01-01", "2025-12-01"]);
        assert_eq!(starts(TimeUnit::Quarterly), ["2025-10-01", "2025-07-01"]);
        assert!(starts(TimeUnit::Custom).is_empty());
    }
}
