use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use super::function::{Call, Function};
use crate::base::Millis;
use crate::metrics::math::calculate::MathError;
use crate::metrics::math::value::{Series, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "MINUTE",
        usage: "MINUTE(m1)",
        summary: "the minute of each period, 0 to 59",
        least: 1,
        most: 1,
        call: |call| calendar(call, |at| f64::from(at.minute())),
    },
    Function {
        name: "HOUR",
        usage: "HOUR(m1)",
        summary: "the hour of each period in UTC, 0 to 23",
        least: 1,
        most: 1,
        call: |call| calendar(call, |at| f64::from(at.hour())),
    },
    Function {
        name: "DAY",
        usage: "DAY(m1)",
        summary: "the day of the week of each period in UTC, 1 (Monday) to 7 (Sunday)",
        least: 1,
        most: 1,
        call: |call| {
            calendar(call, |at| {
                f64::from(Weekday::to_monday_one_offset(at.weekday()))
            })
        },
    },
    Function {
        name: "DATE",
        usage: "DATE(m1)",
        summary: "the day of the month of each period in UTC, 1 to 31",
        least: 1,
        most: 1,
        call: |call| calendar(call, |at| f64::from(at.day())),
    },
    Function {
        name: "MONTH",
        usage: "MONTH(m1)",
        summary: "the month of each period in UTC, 1 to 12",
        least: 1,
        most: 1,
        call: |call| calendar(call, |at| f64::from(at.month())),
    },
    Function {
        name: "YEAR",
        usage: "YEAR(m1)",
        summary: "the year of each period in UTC",
        least: 1,
        most: 1,
        call: |call| calendar(call, |at| f64::from(at.year())),
    },
    Function {
        name: "EPOCH",
        usage: "EPOCH(m1)",
        summary: "the start of each period in seconds since 1970",
        least: 1,
        most: 1,
        call: epoch,
    },
];

/// A value for every period, whether the series has one there or not.
fn calendar(call: &Call<'_>, read: fn(&Zoned) -> f64) -> Result<Value, MathError> {
    at_each_start(call, |start| {
        let timestamp = Timestamp::from_millisecond(start.0).ok()?;
        Some(read(&timestamp.to_zoned(TimeZone::UTC)))
    })
}

fn epoch(call: &Call<'_>) -> Result<Value, MathError> {
    at_each_start(call, |start| {
        u32::try_from(start.as_seconds()).ok().map(f64::from)
    })
}

fn at_each_start(
    call: &Call<'_>,
    read: impl Fn(Millis) -> Option<f64>,
) -> Result<Value, MathError> {
    let label = &call.series(0)?.label;
    let points = call.environment.grid().starts().map(read).collect();
    Ok(Value::Series(Series::new(label, points)))
}
