use jiff::Span;

/// A unit of a date interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateUnit {
    /// `YEARS`
    Years,
    /// `MONTHS`
    Months,
    /// `WEEKS`
    Weeks,
    /// `DAYS`
    Days,
    /// `HOURS`
    Hours,
    /// `MINUTES`
    Minutes,
    /// `SECONDS`
    Seconds,
    /// `MILLIS`
    Millis,
}

impl DateUnit {
    /// `DAYS`, in any case.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.to_ascii_uppercase();
        let found = UNITS.iter().find(|(name, _)| *name == text);
        found.map(|(_, unit)| *unit)
    }

    pub(super) fn span(self, count: i64) -> Option<Span> {
        let span = Span::new();
        let sized = match self {
            Self::Years => span.try_years(count),
            Self::Months => span.try_months(count),
            Self::Weeks => span.try_weeks(count),
            Self::Days => span.try_days(count),
            Self::Hours => span.try_hours(count),
            Self::Minutes => span.try_minutes(count),
            Self::Seconds => span.try_seconds(count),
            Self::Millis => span.try_milliseconds(count),
        };
        sized.ok()
    }
}

const UNITS: &[(&str, DateUnit)] = &[
    ("YEARS", DateUnit::Years),
    ("MONTHS", DateUnit::Months),
    ("WEEKS", DateUnit::Weeks),
    ("DAYS", DateUnit::Days),
    ("HOURS", DateUnit::Hours),
    ("MINUTES", DateUnit::Minutes),
    ("SECONDS", DateUnit::Seconds),
    ("MILLIS", DateUnit::Millis),
];

/// The offset of `NOW`, `NOW-3MONTHS`, `NOW + 1 DAY`; nothing for other texts. Milliseconds are no unit here.
pub(super) fn now_offset(text: &str) -> Option<Span> {
    let rest = text.trim().strip_prefix("NOW")?.trim_start();
    if rest.is_empty() {
        return Some(Span::new());
    }
    let (sign, rest) = match rest.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, rest.strip_prefix('+')?),
    };
    let rest = rest.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (count, unit) = rest.split_at_checked(digits)?;
    let is_of = |name: &str| unit.trim() == name || unit.trim() == name.trim_end_matches('S');
    let mut units = UNITS.iter().filter(|(name, _)| *name != "MILLIS");
    let (_, unit) = units.find(|(name, _)| is_of(name))?;
    unit.span(count.parse::<i64>().ok()?.checked_mul(sign)?)
}
