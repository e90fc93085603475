use super::calendar::{DAY, Moment, length_of, months_between, span_of, truncated};
use super::overload::{
    BIGINT, DOUBLE, FIRST, Overload, Parameter, Site, THIRD, VARCHAR, at, plain,
};
use crate::refusal::{Judged, Refusal};
use crate::types::Type;
use crate::value::{Value, Zone, varchar_text};

const V: Parameter = Parameter::Varchar;
const N: Parameter = Parameter::BigInt;
const DATE: Parameter = Parameter::Date;
const TS: Parameter = Parameter::Timestamp;
const TZ: Parameter = Parameter::TimestampTz;

pub(super) const TABLE: &[Overload] = &[
    plain("date_trunc", &[V, DATE], super::overload::SECOND, trunc),
    plain("date_trunc", &[V, TS], super::overload::SECOND, trunc),
    plain("date_trunc", &[V, TZ], super::overload::SECOND, trunc),
    plain("date_add", &[V, N, DATE], THIRD, add),
    plain("date_add", &[V, N, TS], THIRD, add),
    plain("date_add", &[V, N, TZ], THIRD, add),
    plain("date_diff", &[V, DATE, DATE], BIGINT, diff),
    plain("date_diff", &[V, TS, TS], BIGINT, diff),
    plain("date_diff", &[V, TZ, TZ], BIGINT, diff),
    plain(
        "from_unixtime",
        &[Parameter::Double],
        |_| Type::TimestampTz(3),
        |args, _| from_unix(args, Zone::UTC),
    ),
    plain(
        "from_unixtime",
        &[Parameter::Double, V],
        |_| Type::TimestampTz(3),
        |args, _| from_unix(args, zone(at(args, 1))?),
    ),
    plain(
        "from_unixtime",
        &[Parameter::Double, N, N],
        |_| Type::TimestampTz(3),
        |args, _| {
            let minutes = at(args, 1)
                .as_whole()
                .checked_mul(60)
                .and_then(|hours| hours.checked_add(at(args, 2).as_whole()));
            let zone = minutes
                .and_then(|minutes| i32::try_from(minutes).ok())
                .and_then(Zone::of_minutes);
            from_unix(
                args,
                zone.ok_or_else(|| Refusal::argument("Invalid offset"))?,
            )
        },
    ),
    plain("to_unixtime", &[TS], DOUBLE, to_unix),
    plain("to_unixtime", &[TZ], DOUBLE, to_unix),
    plain("at_timezone", &[TZ, V], FIRST, at_zone),
    plain(
        "with_timezone",
        &[TS, V],
        |types| match types.first() {
            Some(Type::Timestamp(digits)) => Type::TimestampTz(*digits),
            _ => Type::TimestampTz(3),
        },
        |args, _| match at(args, 0) {
            Value::Timestamp(micros) => {
                let zone = zone(at(args, 1))?;
                Ok(Value::TimestampTz(zone.instant(*micros), zone))
            }
            _ => Ok(Value::Null),
        },
    ),
    plain(
        "from_iso8601_timestamp",
        &[V],
        |_| Type::TimestampTz(3),
        |args, _| iso_timestamp(at(args, 0).as_str()),
    ),
    plain(
        "from_iso8601_date",
        &[V],
        |_| Type::Date,
        |args, _| {
            let text = at(args, 0).as_str();
            let date = super::read_time::iso_date(text);
            let date =
                date.ok_or_else(|| Refusal::argument(format!("Invalid format: \"{text}\"")))?;
            super::read_time::date_value(date)
        },
    ),
    plain("to_iso8601", &[DATE], VARCHAR, to_iso),
    plain("to_iso8601", &[TS], VARCHAR, to_iso),
    plain("to_iso8601", &[TZ], VARCHAR, to_iso),
    plain("last_day_of_month", &[DATE], |_| Type::Date, last_day),
    plain("last_day_of_month", &[TS], |_| Type::Date, last_day),
    plain("last_day_of_month", &[TZ], |_| Type::Date, last_day),
    plain(
        "to_milliseconds",
        &[Parameter::IntervalDay],
        BIGINT,
        |args, _| Ok(Value::Whole(at(args, 0).as_whole())),
    ),
];

fn unit(value: &Value) -> String {
    value.as_str().to_lowercase()
}

fn unknown(value: &Value, of: &Type) -> Box<Refusal> {
    let kind = if *of == Type::Date {
        "DATE"
    } else {
        "Timestamp"
    };
    Refusal::argument(format!("'{}' is not a valid {kind} field", value.as_str()))
}

fn is_small(unit: &str) -> bool {
    ["millisecond", "second", "minute", "hour"].contains(&unit)
}

fn trunc(args: &[Value], site: &Site<'_>) -> Judged<Value> {
    let unit = unit(at(args, 0));
    let wrong = *site.result == Type::Date && is_small(&unit);
    let Some(moment) = Moment::of(at(args, 1)) else {
        return Ok(Value::Null);
    };
    match truncated(&unit, moment.civil).filter(|_| !wrong) {
        // Units smaller than a day are cut from the instant, so that clocks set back stay what they were.
        Some(_) if is_small(&unit) => Ok(cut(at(args, 1), length_of(&unit).unwrap_or(1))),
        Some(civil) => moment.at(civil),
        None => Err(unknown(at(args, 0), site.result)),
    }
}

fn cut(value: &Value, length: i64) -> Value {
    match value {
        Value::Timestamp(micros) => Value::Timestamp(micros - micros.rem_euclid(length)),
        Value::TimestampTz(instant, zone) => {
            Value::TimestampTz(instant - zone.local(*instant).rem_euclid(length), *zone)
        }
        other => other.clone(),
    }
}

fn add(args: &[Value], site: &Site<'_>) -> Judged<Value> {
    let (unit, count) = (unit(at(args, 0)), at(args, 1).as_whole());
    let wrong = *site.result == Type::Date && is_small(&unit);
    if wrong || span_of(&unit, 0).is_none() {
        return Err(unknown(at(args, 0), site.result));
    }
    let far = || Refusal::argument("the time is out of range");
    let span = span_of(&unit, count).ok_or_else(far)?;
    let moved = |from: i64, length: i64| {
        let by = count.checked_mul(length)?;
        from.checked_add(by)
    };
    match (at(args, 2), length_of(&unit).filter(|_| is_small(&unit))) {
        (Value::Timestamp(micros), Some(length)) => {
            moved(*micros, length).map(Value::Timestamp).ok_or_else(far)
        }
        (Value::TimestampTz(instant, zone), Some(length)) => moved(*instant, length)
            .map(|moved| Value::TimestampTz(moved, *zone))
            .ok_or_else(far),
        (value, _) => Moment::of(value).map_or(Ok(Value::Null), |moment| moment.plus(span)),
    }
}

/// Whole units from the first time to the second, towards zero.
fn diff(args: &[Value], site: &Site<'_>) -> Judged<Value> {
    let unit = unit(at(args, 0));
    let of = site.types.get(1).cloned().unwrap_or(Type::Unknown);
    if of == Type::Date && is_small(&unit) {
        return Err(unknown(at(args, 0), &of));
    }
    let (Some(from), Some(to)) = (Moment::of(at(args, 1)), Moment::of(at(args, 2))) else {
        return Ok(Value::Null);
    };
    let micros = |value: &Value, civil| match value {
        Value::TimestampTz(instant, _) if is_small(&unit) => *instant,
        _ => crate::value::micros_of(civil).unwrap_or(0),
    };
    // Zoned times of days and more are counted on the first one's clocks.
    let other = match (at(args, 1), at(args, 2)) {
        (Value::TimestampTz(_, zone), Value::TimestampTz(instant, _)) => {
            crate::value::civil_of(zone.local(*instant))
        }
        _ => to.civil,
    };
    let between = micros(at(args, 2), other) - micros(at(args, 1), from.civil);
    let months = || months_between(from.civil, other);
    let count = match (length_of(&unit), unit.as_str()) {
        (Some(length), _) => between / length,
        (None, "month") => months(),
        (None, "quarter") => months() / 3,
        (None, "year") => months() / 12,
        (None, _) => return Err(unknown(at(args, 0), &of)),
    };
    Ok(Value::Whole(count))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "beyond the range of times the conversion ends at its border"
)]
fn from_unix(args: &[Value], zone: Zone) -> Judged<Value> {
    // Trino rounds to milliseconds.
    let millis = (at(args, 0).as_double() * 1000.0).round() as i64;
    Ok(Value::TimestampTz(millis.saturating_mul(1000), zone))
}

#[expect(clippy::cast_precision_loss, reason = "the result is a double")]
fn to_unix(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    Ok(match at(args, 0) {
        Value::Timestamp(micros) | Value::TimestampTz(micros, _) => {
            Value::Double(*micros as f64 / 1e6)
        }
        _ => Value::Null,
    })
}

pub(super) fn zone(value: &Value) -> Judged<Zone> {
    let text = value.as_str();
    Zone::parse(text).ok_or_else(|| Refusal::argument(format!("'{text}' is not a valid time zone")))
}

/// `x AT TIME ZONE zone`, `at_timezone(x, zone)`: the same instant on other clocks.
pub(super) fn at_zone(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    match at(args, 0) {
        Value::TimestampTz(instant, _) => Ok(Value::TimestampTz(*instant, zone(at(args, 1))?)),
        _ => Ok(Value::Null),
    }
}

/// ISO 8601 as Joda's `dateTimeParser` reads it: a date, with or without time and zone; digits behind milliseconds are
/// left out.
fn iso_timestamp(text: &str) -> Judged<Value> {
    let wrong = || Refusal::argument(format!("Invalid format: \"{text}\""));
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let date = super::read_time::iso_date(date).ok_or_else(wrong)?;
    let zone_at = time.find(['Z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at(zone_at);
    if text.contains('T') && clock.is_empty() {
        return Err(wrong());
    }
    let zone = match zone {
        "" => Zone::UTC,
        zone => Zone::parse(zone)
            .filter(|_| !zone.ends_with(':'))
            .ok_or_else(wrong)?,
    };
    let micros = if clock.is_empty() {
        0
    } else {
        super::read_time::parse_clock(clock, true).ok_or_else(wrong)?
    };
    let days = match super::read_time::date_value(date)? {
        Value::Date(days) => i64::from(days),
        _ => 0,
    };
    let local = days * DAY + micros.div_euclid(1000) * 1000;
    Ok(Value::TimestampTz(zone.instant(local), zone))
}

fn to_iso(args: &[Value], site: &Site<'_>) -> Judged<Value> {
    let of = site.types.first().cloned().unwrap_or(Type::Unknown);
    let text = match at(args, 0) {
        Value::TimestampTz(instant, zone) => {
            let digits = if let Type::TimestampTz(digits) = of {
                digits
            } else {
                3
            };
            let clock = crate::value::timestamp_text(zone.local(*instant), digits);
            let minutes = zone.minutes_at(*instant);
            let offset = match minutes {
                0 => "Z".to_owned(),
                _ => format!(
                    "{}{:02}:{:02}",
                    if minutes < 0 { '-' } else { '+' },
                    minutes.abs() / 60,
                    minutes.abs() % 60
                ),
            };
            clock + &offset
        }
        value => varchar_text(value, &of),
    };
    Ok(Value::text(&text.replacen(' ', "T", 1)))
}

fn last_day(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let Some(moment) = Moment::of(at(args, 0)) else {
        return Ok(Value::Null);
    };
    super::read_time::date_value(moment.civil.date().last_of_month())
}
