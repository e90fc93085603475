use std::sync::Arc;

use super::calendar::DAY;
use super::read_time::{date_value, parse_date, shape_of_timestamp, timestamp};
use crate::refusal::{Judged, Refusal};
use crate::types::Type;
use crate::value::{Value, Zone, rescale, ten_to, varchar_text};

/// Whether Trino has a cast from one type to another, as far as this crate knows the types.
pub(crate) fn has_cast(from: &Type, to: &Type) -> bool {
    let text = |of: &Type| matches!(of, Type::Varchar(_));
    let point = |of: &Type| matches!(of, Type::Date | Type::Timestamp(_) | Type::TimestampTz(_));
    match (from, to) {
        (Type::Unknown, _) => true,
        (Type::Array(from), Type::Array(to)) => has_cast(from, to),
        (Type::Map(key, value), Type::Map(to_key, to_value)) => {
            has_cast(key, to_key) && has_cast(value, to_value)
        }
        (Type::Row(from), Type::Row(to)) => {
            from.len() == to.len()
                && from
                    .iter()
                    .zip(to)
                    .all(|((_, from), (_, to))| has_cast(from, to))
        }
        (Type::Varbinary, Type::IpAddress) | (Type::IpAddress, Type::Varbinary) => false,
        (from, to) if from == to => true,
        (from, to) if text(from) => !matches!(
            to,
            Type::Varbinary
                | Type::IntervalDay
                | Type::IntervalMonth
                | Type::Array(_)
                | Type::Map(..)
                | Type::Row(_)
                | Type::Unknown
        ),
        (from, to) if text(to) => !matches!(
            from,
            Type::Varbinary | Type::Array(_) | Type::Map(..) | Type::Row(_)
        ),
        (Type::Boolean, to) => to.is_number(),
        (from, Type::Boolean) => from.is_number(),
        (Type::IpAddress, Type::IpPrefix) | (Type::IpPrefix, Type::IpAddress) => true,
        (from, to) => (from.is_number() && to.is_number()) || (point(from) && point(to)),
    }
}

/// `CAST(value AS to)`.
pub(crate) fn cast(value: &Value, from: &Type, to: &Type) -> Judged<Value> {
    if value.is_null() || (from == to) {
        return Ok(value.clone());
    }
    match (value, from, to) {
        (Value::Array(items), Type::Array(from), Type::Array(to)) => {
            let items: Judged<Vec<Value>> = items.iter().map(|item| cast(item, from, to)).collect();
            items.map(Value::array)
        }
        (Value::Row(items), Type::Row(from), Type::Row(to)) => {
            let pairs = items.iter().zip(from.iter().zip(to));
            let items: Judged<Vec<Value>> = pairs
                .map(|(item, ((_, from), (_, to)))| cast(item, from, to))
                .collect();
            Ok(Value::Row(items?.into()))
        }
        (Value::Map(entries), Type::Map(key, of), Type::Map(to_key, to)) => {
            let entry = |(name, value): &(Value, Value)| {
                Ok((cast(name, key, to_key)?, cast(value, of, to)?))
            };
            let entries: Judged<Vec<(Value, Value)>> = entries.iter().map(entry).collect();
            Ok(Value::Map(entries?.into()))
        }
        (Value::Varchar(text), _, Type::Varchar(length)) => Ok(shortened(text, *length)),
        (Value::Varchar(text), ..) => from_text(text, to),
        (_, _, Type::Varchar(length)) => to_text(value, from, *length),
        (Value::Boolean(of), ..) => Ok(from_boolean(*of, to)),
        (_, _, Type::Boolean) => Ok(Value::Boolean(match value {
            Value::Whole(number) => *number != 0,
            Value::Double(number) => *number != 0.0,
            other => other.as_decimal() != 0,
        })),
        (Value::Whole(_) | Value::Double(_) | Value::Decimal(_), ..) => number(value, from, to),
        (Value::IpAddress(address), _, Type::IpPrefix) => {
            let mapped = address.starts_with(&[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]);
            Ok(Value::IpPrefix(Arc::new((
                **address,
                if mapped { 32 } else { 128 },
            ))))
        }
        (Value::IpPrefix(prefix), _, Type::IpAddress) => Ok(Value::IpAddress(Arc::new(prefix.0))),
        _ => Ok(point(value, to)),
    }
}

/// A text that is too long for its new type is cut, as the standard has it.
fn shortened(text: &Arc<str>, length: Option<u32>) -> Value {
    let most = length.and_then(|length| usize::try_from(length).ok());
    let end = most
        .and_then(|most| text.char_indices().nth(most))
        .map(|(end, _)| end);
    match end.and_then(|end| text.get(..end)) {
        Some(kept) => Value::text(kept),
        None => Value::Varchar(Arc::clone(text)),
    }
}

fn failed(text: &str, to: &str) -> Box<Refusal> {
    Refusal::value(
        "INVALID_CAST_ARGUMENT",
        format!("Cannot cast '{text}' to {to}"),
    )
}

fn to_text(value: &Value, from: &Type, length: Option<u32>) -> Judged<Value> {
    let text = varchar_text(value, from);
    let most = length
        .and_then(|length| usize::try_from(length).ok())
        .unwrap_or(usize::MAX);
    match text.chars().count() > most {
        true => {
            let message = format!("Value {text} cannot be represented as varchar({most})");
            Err(Refusal::value("INVALID_CAST_ARGUMENT", message))
        }
        false => Ok(Value::text(&text)),
    }
}

fn from_text(text: &str, to: &Type) -> Judged<Value> {
    let whole = |name: &str| {
        let number = text
            .parse::<i64>()
            .ok()
            .filter(|number| super::number::fits(*number, to));
        number.map(Value::Whole).ok_or_else(|| failed(text, name))
    };
    match to {
        Type::TinyInt => whole("TINYINT"),
        Type::SmallInt => whole("SMALLINT"),
        Type::Integer => whole("INT"),
        Type::BigInt => whole("BIGINT"),
        Type::Double => java_double(text)
            .map(Value::Double)
            .ok_or_else(|| failed(text, "DOUBLE")),
        Type::Boolean => match text.to_ascii_lowercase().as_str() {
            "t" | "true" | "1" => Ok(Value::Boolean(true)),
            "f" | "false" | "0" => Ok(Value::Boolean(false)),
            _ => Err(failed(text, "BOOLEAN")),
        },
        Type::Decimal(precision, scale) => {
            let found = decimal(text, *precision, *scale);
            found.map(Value::decimal).ok_or_else(|| {
                let message = format!("Cannot cast VARCHAR '{text}' to DECIMAL({precision}, {scale}). Value is not a number.");
                Refusal::value("INVALID_CAST_ARGUMENT", message)
            })
        }
        Type::Date => {
            let date = parse_date(text.trim()).filter(|_| text.trim().len() >= 8);
            let wrong = || {
                Refusal::value(
                    "INVALID_CAST_ARGUMENT",
                    format!("Value cannot be cast to date: {text}"),
                )
            };
            date.ok_or_else(wrong).and_then(date_value)
        }
        Type::Timestamp(_)
            if timestamp(text, to).is_some() && shape_of_timestamp(text.trim()).1 =>
        {
            Err(Refusal::beyond(format!(
                "a cast to timestamp of a text with a zone, '{text}', is not supported here"
            ))
            .help("cast it to `timestamp with time zone` first"))
        }
        Type::Timestamp(_) | Type::TimestampTz(_) => timestamp(text, to).ok_or_else(|| {
            let name = to.base();
            Refusal::value(
                "INVALID_CAST_ARGUMENT",
                format!("Value cannot be cast to {name}: {text}"),
            )
        }),
        Type::IpAddress => {
            let address =
                super::ip::parse_ip(text).ok_or_else(|| super::ip::wrong_address(text))?;
            Ok(Value::IpAddress(Arc::new(address)))
        }
        Type::IpPrefix => {
            let prefix = super::ip::parse_prefix(text);
            let wrong = || {
                Refusal::value(
                    "INVALID_CAST_ARGUMENT",
                    format!("Cannot cast value to IPPREFIX: {text}"),
                )
            };
            prefix
                .map(|prefix| Value::IpPrefix(Arc::new(prefix)))
                .ok_or_else(wrong)
        }
        _ => Err(failed(text, to.base())),
    }
}

/// Java's `Double.parseDouble`: blanks around, `1d`, `NaN` and `Infinity` with these capitals; nothing else.
pub(crate) fn java_double(text: &str) -> Option<f64> {
    let trimmed = text.trim_matches(|at: char| at <= ' ');
    let unsigned = trimmed.strip_prefix(['+', '-']).unwrap_or(trimmed);
    match unsigned {
        "NaN" => return Some(f64::NAN),
        "Infinity" => {
            return Some(if trimmed.starts_with('-') {
                f64::NEG_INFINITY
            } else {
                f64::INFINITY
            });
        }
        _ => {}
    }
    let digits = trimmed
        .strip_suffix(['d', 'D', 'f', 'F'])
        .unwrap_or(trimmed);
    let plain = |at: u8| at.is_ascii_digit() || matches!(at, b'.' | b'e' | b'E' | b'+' | b'-');
    let number = digits.bytes().all(plain) && digits.bytes().any(|at| at.is_ascii_digit());
    digits.parse().ok().filter(|_| number)
}

fn decimal(text: &str, precision: u8, scale: u8) -> Option<i128> {
    let text = text.trim();
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (text, 0),
    };
    let (units, own) = parse_decimal(mantissa)?;
    let own = i32::from(own) - exponent;
    match u8::try_from(own) {
        Ok(own) => rescale(units, own, scale, precision),
        Err(_) => rescale(
            units.checked_mul(ten_to(own.unsigned_abs())?)?,
            0,
            scale,
            precision,
        ),
    }
}

/// The digits of `-12.50` without the point, and how many stand behind it.
pub(crate) fn parse_decimal(text: &str) -> Option<(i128, u8)> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let digits = format!("{whole}{fraction}");
    let valid = !digits.is_empty() && digits.bytes().all(|at| at.is_ascii_digit());
    let units: i128 = digits.parse().ok().filter(|_| valid)?;
    let scale = u8::try_from(fraction.len()).ok()?;
    Some((if negative { -units } else { units }, scale))
}

fn from_boolean(of: bool, to: &Type) -> Value {
    match to {
        Type::Double => Value::Double(f64::from(u8::from(of))),
        Type::Decimal(_, scale) => {
            Value::decimal(i128::from(of) * ten_to(u32::from(*scale)).unwrap_or(0))
        }
        _ => Value::Whole(i64::from(of)),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a double is asked for")]
fn number(value: &Value, from: &Type, to: &Type) -> Judged<Value> {
    let scale_of = |of: &Type| of.as_decimal().map_or(0, |(_, scale)| scale);
    match (value, to) {
        (Value::Whole(number), Type::Double) => Ok(Value::Double(*number as f64)),
        (Value::Double(_), Type::Double) => Ok(value.clone()),
        (Value::Decimal(units), Type::Double) => {
            // Through the text, so that the nearest double is found.
            let text = varchar_text(&Value::Decimal(*units), from);
            Ok(Value::Double(text.parse().unwrap_or(f64::NAN)))
        }
        (Value::Double(number), Type::Decimal(precision, scale)) => {
            let text = format!("{number}");
            let found = decimal(&text, *precision, *scale);
            found.map(Value::decimal).ok_or_else(|| {
                let text = crate::value::java_double(*number);
                let message =
                    format!("Cannot cast DOUBLE '{text}' to DECIMAL({precision}, {scale})");
                Refusal::value("INVALID_CAST_ARGUMENT", message)
            })
        }
        (_, Type::Decimal(precision, scale)) => {
            let (units, own) = match value {
                Value::Whole(number) => (i128::from(*number), 0),
                other => (other.as_decimal(), scale_of(from)),
            };
            rescale(units, own, *scale, *precision)
                .map(Value::decimal)
                .ok_or_else(|| {
                    let (kind, text) = (
                        from.to_string().to_uppercase().replace(',', ", "),
                        varchar_text(value, from),
                    );
                    let message =
                        format!("Cannot cast {kind} '{text}' to DECIMAL({precision}, {scale})");
                    Refusal::value("INVALID_CAST_ARGUMENT", message)
                })
        }
        (Value::Whole(number), _) => {
            whole(i128::from(*number), to).ok_or_else(|| out_of_range(&number.to_string(), to))
        }
        (Value::Double(number), _) => double_to_whole(*number, to),
        (other, _) => {
            let rounded = rescale(other.as_decimal(), scale_of(from), 0, 38)
                .and_then(|units| whole(units, to));
            rounded.ok_or_else(|| {
                let message = format!(
                    "Cannot cast '{}' to {}",
                    varchar_text(value, from),
                    to.base().to_uppercase()
                );
                Refusal::value("INVALID_CAST_ARGUMENT", message)
            })
        }
    }
}

fn whole(units: i128, to: &Type) -> Option<Value> {
    let number = i64::try_from(units).ok()?;
    super::number::fits(number, to).then_some(Value::Whole(number))
}

fn out_of_range(text: &str, to: &Type) -> Box<Refusal> {
    Refusal::range(format!("Out of range for {}: {text}", to.base()))
}

/// Halves are rounded away from zero.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the range is looked at first"
)]
fn double_to_whole(number: f64, to: &Type) -> Judged<Value> {
    let wrong = || {
        let text = crate::value::java_double(number);
        match number.is_nan() {
            true => Refusal::value(
                "INVALID_CAST_ARGUMENT",
                format!("Cannot cast double NaN to {}", to.base()),
            ),
            false => Refusal::value(
                "INVALID_CAST_ARGUMENT",
                format!("Unable to cast {text} to {}", to.base()),
            ),
        }
    };
    let rounded = number.round();
    // Below 2 to the power of 63.
    let inside = rounded.abs() < 2_f64.powi(63) || rounded == -2_f64.powi(63);
    match inside {
        true => whole(rounded as i128, to).ok_or_else(wrong),
        false => Err(wrong()),
    }
}

/// Dates and times become each other; clocks without a zone are of UTC, Athena's session.
fn point(value: &Value, to: &Type) -> Value {
    let local = match value {
        Value::Date(days) => i64::from(*days) * DAY,
        Value::Timestamp(micros) => *micros,
        Value::TimestampTz(instant, zone) => match to {
            Type::TimestampTz(digits) => {
                return Value::TimestampTz(rounded(*instant, *digits), *zone);
            }
            _ => zone.local(*instant),
        },
        other => return other.clone(),
    };
    match to {
        Type::Date => Value::Date(i32::try_from(local.div_euclid(DAY)).unwrap_or(0)),
        Type::Timestamp(digits) => Value::Timestamp(rounded(local, *digits)),
        Type::TimestampTz(digits) => Value::TimestampTz(rounded(local, *digits), Zone::UTC),
        _ => value.clone(),
    }
}

/// To so many digits behind the seconds, halves up.
pub(super) fn rounded(micros: i64, digits: u8) -> i64 {
    let unit = 10_i64.pow(u32::from(6_u8.saturating_sub(digits)));
    (micros + unit / 2).div_euclid(unit) * unit
}
