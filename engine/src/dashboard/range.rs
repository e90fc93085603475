use crate::base::Millis;

/// `periodOverride` of a dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PeriodOverride {
    /// Periods grow with the time range.
    #[default]
    Auto,
    /// Periods as they are set.
    Inherit,
}

/// `start` of a dashboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RangeStart {
    /// That many milliseconds before the present; a month is 30 days.
    Relative(i64),
    /// A moment.
    Absolute(Millis),
}

impl RangeStart {
    /// Reads `-PT5M`, `-PT8H`, `-P3D`, `-P2W`, `-P3M` or an ISO 8601 moment.
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix("-P") {
            Some(rest) => relative(rest).map(Self::Relative),
            None => Millis::parse_rfc3339(text).map(Self::Absolute),
        }
    }

    /// The moment it means at `now`.
    pub fn at(self, now: Millis) -> Millis {
        match self {
            Self::Relative(span) => now.plus(-span),
            Self::Absolute(start) => start,
        }
    }
}

const MINUTE: i64 = 60_000;
const DAY: i64 = 1440 * MINUTE;

fn relative(text: &str) -> Option<i64> {
    let (digits, units): (&str, &[(char, i64)]) = match text.strip_prefix('T') {
        Some(time) => (time, &[('M', MINUTE), ('H', 60 * MINUTE)]),
        None => (text, &[('D', DAY), ('W', 7 * DAY), ('M', 30 * DAY)]),
    };
    let (_, width) = units.iter().find(|(unit, _)| digits.ends_with(*unit))?;
    let number: i64 = digits.get(..digits.len() - 1)?.parse().ok()?;
    (number > 0).then_some(())?;
    number.checked_mul(*width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_starts_are_minutes_hours_days_weeks_or_months() {
        let table = [
            ("-PT5M", Some(5 * MINUTE)),
            ("-PT8H", Some(480 * MINUTE)),
            ("-P3D", Some(3 * DAY)),
            ("-P2W", Some(14 * DAY)),
            ("-P3M", Some(90 * DAY)),
            ("-PT5S", None),
            ("-P", None),
            ("-PT-5M", None),
        ];
        for (text, span) in table {
            let expected = span.map(RangeStart::Relative);
            assert_eq!(RangeStart::parse(text), expected, "{text}");
        }
    }
}
