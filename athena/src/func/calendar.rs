use jiff::Span;
use jiff::civil::{Date, DateTime, Time};

use crate::refusal::{Judged, Refusal};
use crate::value::{Value, Zone, civil_of, micros_of};

/// A point of time that is reckoned with: clocks' time, and how it becomes a value again.
pub(super) struct Moment {
    pub(super) civil: DateTime,
    /// Microseconds that the civil time leaves out: none, it has nanoseconds.
    kind: Kind,
}

enum Kind {
    Date,
    Timestamp,
    Zoned(Zone),
}

/// Microseconds of a day.
pub(super) const DAY: i64 = 86_400_000_000;

impl Moment {
    /// The moment of a date or timestamp; `None` for other values.
    pub(super) fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Date(days) => Self {
                civil: civil_of(i64::from(*days) * DAY),
                kind: Kind::Date,
            },
            Value::Timestamp(micros) => Self {
                civil: civil_of(*micros),
                kind: Kind::Timestamp,
            },
            Value::TimestampTz(instant, zone) => Self {
                civil: civil_of(zone.local(*instant)),
                kind: Kind::Zoned(*zone),
            },
            _ => return None,
        })
    }

    /// A value of the same kind at another civil time.
    pub(super) fn at(&self, civil: DateTime) -> Judged<Value> {
        let micros =
            micros_of(civil).ok_or_else(|| Refusal::argument("the time is out of range"))?;
        Ok(match self.kind {
            Kind::Date => Value::Date(i32::try_from(micros.div_euclid(DAY)).unwrap_or(0)),
            Kind::Timestamp => Value::Timestamp(micros),
            Kind::Zoned(zone) => Value::TimestampTz(zone.instant(micros), zone),
        })
    }

    /// A value so much later on clocks.
    pub(super) fn plus(&self, span: Span) -> Judged<Value> {
        let later = self.civil.checked_add(span);
        self.at(later.map_err(|_| Refusal::argument("the time is out of range"))?)
    }
}

/// The first moment of the unit that a time is in; `None` for units that there are not.
pub(super) fn truncated(unit: &str, civil: DateTime) -> Option<DateTime> {
    let (date, time) = (civil.date(), civil.time());
    let on = |date: Date| Some(date.to_datetime(Time::midnight()));
    let until =
        |hour, minute, second| Some(date.to_datetime(Time::new(hour, minute, second, 0).ok()?));
    match unit {
        "millisecond" => {
            let millis = time.subsec_nanosecond() / 1_000_000 * 1_000_000;
            Some(
                date.to_datetime(
                    Time::new(time.hour(), time.minute(), time.second(), millis).ok()?,
                ),
            )
        }
        "second" => until(time.hour(), time.minute(), time.second()),
        "minute" => until(time.hour(), time.minute(), 0),
        "hour" => until(time.hour(), 0, 0),
        "day" => on(date),
        "week" => {
            let back = i64::from(date.weekday().to_monday_zero_offset());
            on(date.checked_sub(Span::new().try_days(back).ok()?).ok()?)
        }
        "month" => on(date.first_of_month()),
        "quarter" => {
            let month = (date.month() - 1) / 3 * 3 + 1;
            on(Date::new(date.year(), month, 1).ok()?)
        }
        "year" => on(date.first_of_year()),
        _ => None,
    }
}

/// A number of a unit; `None` for units that there are not, and beyond what can be reckoned.
pub(super) fn span_of(unit: &str, count: i64) -> Option<Span> {
    let span = Span::new();
    let sized = match unit {
        "millisecond" => span.try_milliseconds(count),
        "second" => span.try_seconds(count),
        "minute" => span.try_minutes(count),
        "hour" => span.try_hours(count),
        "day" => span.try_days(count),
        "week" => span.try_weeks(count),
        "month" => span.try_months(count),
        "quarter" => span.try_months(count.checked_mul(3)?),
        "year" => span.try_years(count),
        _ => return None,
    };
    sized.ok()
}

/// The microseconds of units that have a length.
pub(super) fn length_of(unit: &str) -> Option<i64> {
    Some(match unit {
        "millisecond" => 1_000,
        "second" => 1_000_000,
        "minute" => 60_000_000,
        "hour" => 3_600_000_000,
        "day" => DAY,
        "week" => 7 * DAY,
        _ => return None,
    })
}

/// Whole months from one time to another, towards zero.
pub(super) fn months_between(from: DateTime, to: DateTime) -> i64 {
    // Joda counts from the earlier to the later, whichever comes first.
    if to < from {
        return -months_between(to, from);
    }
    let count = |at: DateTime| i64::from(at.year()) * 12 + i64::from(at.month());
    let months = count(to) - count(from);
    let span = |months: i64| Span::new().try_months(months).ok();
    let reached = |months: i64| span(months).and_then(|span| from.checked_add(span).ok());
    match reached(months) {
        Some(at) if months > 0 && at > to => months - 1,
        _ => months,
    }
}
