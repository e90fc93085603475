use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::base::Millis;

/// A period such as `5m`: a count and a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    /// How many units; at least one.
    pub(super) count: i64,
    /// The unit.
    pub(super) unit: Unit,
}

/// The units of periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

const SECOND: i64 = 1000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// Monday 1970-01-05, the first Monday of the epoch.
const FIRST_MONDAY: i64 = 4 * DAY;

/// Every spelling without its plural. `ms` is never the plural of `m`.
const SPELLINGS: &[(&[&str], Unit)] = &[
    (&["ms", "msec", "millisecond"], Unit::Millisecond),
    (&["s", "sec", "second"], Unit::Second),
    (&["m", "min", "minute"], Unit::Minute),
    (&["h", "hr", "hour"], Unit::Hour),
    (&["d", "day"], Unit::Day),
    (&["w", "week"], Unit::Week),
    (&["mo", "mon", "month"], Unit::Month),
    (&["q", "qtr", "quarter"], Unit::Quarter),
    (&["y", "yr", "year"], Unit::Year),
];

impl Unit {
    /// The unit written as `text`, letter case aside; names longer than one letter take a plural `s`. A capital `M`
    /// could mean minutes or months, and the guide does not say which.
    pub(super) fn named(text: &str) -> Option<Self> {
        if text == "M" {
            return None;
        }
        let text = text.to_ascii_lowercase();
        let singular = text.strip_suffix('s').filter(|s| s.len() > 1);
        SPELLINGS
            .iter()
            .find(|(names, _)| {
                names.contains(&text.as_str()) || singular.is_some_and(|s| names.contains(&s))
            })
            .map(|(_, unit)| *unit)
    }

    /// The unit's length and the length of the unit it restarts in, where both are fixed.
    fn lengths(self) -> Option<(i64, i64)> {
        match self {
            Self::Millisecond => Some((1, SECOND)),
            Self::Second => Some((SECOND, MINUTE)),
            Self::Minute => Some((MINUTE, HOUR)),
            Self::Hour => Some((HOUR, DAY)),
            Self::Day | Self::Week | Self::Month | Self::Quarter | Self::Year => None,
        }
    }

    /// The greatest count that has an effect: `bin(300s)` acts as `bin(60s)`.
    pub(super) fn cap(self) -> Option<i64> {
        self.lengths().map(|(unit, larger)| larger / unit)
    }
}

/// `5m`: the count and the unit's shortest name.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let spelling = SPELLINGS.iter().find(|(_, unit)| *unit == self.unit);
        let name = spelling.and_then(|(names, _)| names.first());
        write!(f, "{}{}", self.count, name.copied().unwrap_or_default())
    }
}

impl Period {
    /// The period with its count reduced to the unit's cap.
    pub(super) fn capped(self) -> Self {
        let count = self
            .unit
            .cap()
            .map_or(self.count, |cap| self.count.min(cap));
        Self { count, ..self }
    }

    /// How long the period is; `None` where that depends on the calendar.
    pub(super) fn millis(self) -> Option<i64> {
        let unit = match self.unit {
            Unit::Day => DAY,
            Unit::Week => 7 * DAY,
            unit => unit.lengths()?.0,
        };
        self.count.checked_mul(unit)
    }

    /// The start of the bucket that holds `at`, in UTC. Buckets below a day restart in the next larger
    /// unit, which published console tables show: `bin(25m)` gives 12:25, 12:50, 13:00.
    pub(super) fn floor(self, at: Millis) -> Millis {
        if let Some((unit, larger)) = self.unit.lengths() {
            let base = at.floor_to(larger);
            return base.plus(Millis(at.0 - base.0).floor_to(unit * self.count).0);
        }
        match self.unit {
            Unit::Day => at.floor_to(DAY.saturating_mul(self.count)),
            Unit::Week => at
                .plus(-FIRST_MONDAY)
                .floor_to((7 * DAY).saturating_mul(self.count))
                .plus(FIRST_MONDAY),
            _ => self.floor_calendar(at),
        }
    }

    /// The start of the next bucket, or `at` itself where a bucket starts there.
    pub(super) fn ceil(self, at: Millis) -> Millis {
        let start = self.floor(at);
        if start == at { at } else { self.next(start) }
    }

    /// The start of the bucket after the one that starts at `start`.
    pub(super) fn next(self, start: Millis) -> Millis {
        if let Some((unit, larger)) = self.unit.lengths() {
            let end = start.floor_to(larger).plus(larger);
            return start.plus(unit * self.count).min(end);
        }
        match self.unit {
            Unit::Day => start.plus(DAY.saturating_mul(self.count)),
            Unit::Week => start.plus((7 * DAY).saturating_mul(self.count)),
            _ => self.next_calendar(start),
        }
    }

    fn months(self) -> i64 {
        let unit = match self.unit {
            Unit::Quarter => 3,
            Unit::Year => 12,
            _ => 1,
        };
        self.count.saturating_mul(unit)
    }

    /// Months and quarters restart with the year; years count from year 0.
    fn floor_calendar(self, at: Millis) -> Millis {
        let Some(date) = date_of(at) else { return at };
        let year = i64::from(date.year());
        if self.unit == Unit::Year {
            return month_start(year.div_euclid(self.count) * self.count, 0).unwrap_or(at);
        }
        let month = i64::from(date.month()) - 1;
        month_start(year, month / self.months() * self.months()).unwrap_or(at)
    }

    fn next_calendar(self, start: Millis) -> Millis {
        let Some(date) = date_of(start) else {
            return start;
        };
        let year = i64::from(date.year());
        let month = i64::from(date.month()) - 1 + self.months();
        let next = match self.unit {
            Unit::Year => month_start(year.saturating_add(self.count), 0),
            _ if month >= 12 => month_start(year + 1, 0),
            _ => month_start(year, month),
        };
        next.unwrap_or(start)
    }
}

fn date_of(at: Millis) -> Option<Date> {
    let timestamp = Timestamp::from_millisecond(at.0).ok()?;
    Some(timestamp.to_zoned(TimeZone::UTC).date())
}

/// Midnight on the first of the month; `month` counts from zero.
fn month_start(year: i64, month: i64) -> Option<Millis> {
    let month = i8::try_from(month + 1).ok()?;
    let date = Date::new(i16::try_from(year).ok()?, month, 1).ok()?;
    let zoned = date.to_zoned(TimeZone::UTC).ok()?;
    Some(Millis(zoned.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Millis {
        Millis::parse_rfc3339(text).unwrap()
    }

    fn period(count: i64, unit: &str) -> Period {
        Period {
            count,
            unit: Unit::named(unit).unwrap(),
        }
    }

    #[test]
    fn minutes_restart_every_hour() {
        let p = period(25, "m");
        assert_eq!(
            p.floor(at("2026-04-20T12:55:01Z")),
            at("2026-04-20T12:50:00Z")
        );
        assert_eq!(
            p.ceil(at("2026-04-20T12:55:00Z")),
            at("2026-04-20T13:00:00Z")
        );
        assert_eq!(
            p.floor(at("2026-04-20T13:24:59Z")),
            at("2026-04-20T13:00:00Z")
        );
    }

    #[test]
    fn weeks_start_on_monday_and_months_on_the_first() {
        let noon = at("2026-04-22T12:00:00Z");
        assert_eq!(period(1, "week").floor(noon), at("2026-04-20T00:00:00Z"));
        assert_eq!(period(1, "mo").floor(noon), at("2026-04-01T00:00:00Z"));
        assert_eq!(period(1, "mo").ceil(noon), at("2026-05-01T00:00:00Z"));
        assert_eq!(period(1, "q").floor(noon), at("2026-04-01T00:00:00Z"));
        assert_eq!(period(1, "yrs").ceil(noon), at("2027-01-01T00:00:00Z"));
    }

    #[test]
    fn ms_is_never_minutes_and_plurals_are_read() {
        assert_eq!(Unit::named("ms"), Some(Unit::Millisecond));
        assert_eq!(Unit::named("mos"), Some(Unit::Month));
        assert_eq!(Unit::named("hrs"), Some(Unit::Hour));
        assert_eq!(Unit::named("hs"), None);
        assert_eq!(Unit::named("x"), None);
    }

    #[test]
    fn a_count_above_the_cap_acts_as_the_cap() {
        assert_eq!(period(300, "s").capped(), period(60, "s"));
        assert_eq!(period(90, "d").capped(), period(90, "d"));
    }
}
