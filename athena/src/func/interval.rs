use jiff::Span;

use super::calendar::Moment;
use super::overload::at;
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::{IntervalText, Operator};
use crate::types::Type;
use crate::value::Value;

/// Arithmetic with dates, times and intervals.
pub(crate) struct Temporal {
    pub(crate) result: Type,
    pub(crate) run: fn(&[Value]) -> Judged<Value>,
    /// The types that the sides get.
    pub(crate) sides: [Type; 2],
}

/// The operator on two types of which one is of time; `None` where there is none.
pub(crate) fn temporal(operator: Operator, one: &Type, other: &Type) -> Option<Temporal> {
    let is_point = |of: &Type| matches!(of, Type::Date | Type::Timestamp(_) | Type::TimestampTz(_));
    let is_interval = |of: &Type| matches!(of, Type::IntervalDay | Type::IntervalMonth);
    let make = |result: &Type, run| {
        let sides = [one.clone(), other.clone()];
        Some(Temporal {
            result: at_least_millis(result, one, other),
            run,
            sides,
        })
    };
    match (operator, one, other) {
        // A date has no hours to add to; Trino refuses at run time.
        (Operator::Add, point, interval) if is_point(point) && is_interval(interval) => {
            make(point, |args| shifted(at(args, 0), at(args, 1), 1))
        }
        (Operator::Add, interval, point) if is_point(point) && is_interval(interval) => {
            make(point, |args| shifted(at(args, 1), at(args, 0), 1))
        }
        (Operator::Subtract, point, interval) if is_point(point) && is_interval(interval) => {
            make(point, |args| shifted(at(args, 0), at(args, 1), -1))
        }
        (Operator::Subtract, point, other) if is_point(point) && is_point(other) => {
            let both = crate::types::common(point, other)?;
            let run = |args: &[Value]| Ok(difference(at(args, 0), at(args, 1)));
            Some(Temporal {
                result: Type::IntervalDay,
                run,
                sides: [both.clone(), both],
            })
        }
        (Operator::Add | Operator::Subtract, one, other) if is_interval(one) && one == other => {
            match operator {
                Operator::Add => make(one, |args| summed(at(args, 0), at(args, 1), 1)),
                _ => make(one, |args| summed(at(args, 0), at(args, 1), -1)),
            }
        }
        (Operator::Multiply, interval, number) if is_interval(interval) && number.is_whole() => {
            make(interval, |args| multiplied(at(args, 0), at(args, 1)))
        }
        (Operator::Multiply, number, interval) if is_interval(interval) && number.is_whole() => {
            make(interval, |args| multiplied(at(args, 1), at(args, 0)))
        }
        (Operator::Multiply | Operator::Divide, interval, number)
            if is_interval(interval) && number.is_number() =>
        {
            Some(Temporal {
                result: interval.clone(),
                run: match operator {
                    Operator::Multiply => |args| scaled(at(args, 0), at(args, 1), false),
                    _ => |args| scaled(at(args, 0), at(args, 1), true),
                },
                sides: [interval.clone(), Type::Double],
            })
        }
        (Operator::Multiply, number, interval) if is_interval(interval) && number.is_number() => {
            Some(Temporal {
                result: interval.clone(),
                run: |args| scaled(at(args, 1), at(args, 0), false),
                sides: [Type::Double, interval.clone()],
            })
        }
        _ => None,
    }
}

/// Intervals count milliseconds: a timestamp with fewer digits gets three.
fn at_least_millis(result: &Type, one: &Type, other: &Type) -> Type {
    let days = *one == Type::IntervalDay || *other == Type::IntervalDay;
    match result {
        Type::Timestamp(digits) if days => Type::Timestamp(*digits.max(&3)),
        Type::TimestampTz(digits) if days => Type::TimestampTz(*digits.max(&3)),
        _ => result.clone(),
    }
}

fn shifted(point: &Value, interval: &Value, sign: i64) -> Judged<Value> {
    let out_of_range = || Refusal::argument("the time is out of range");
    match (point, interval) {
        (Value::Null, _) | (_, Value::Null) => Ok(Value::Null),
        (Value::Date(days), Value::IntervalDay(millis)) => {
            if millis % 86_400_000 != 0 {
                return Err(Refusal::argument(
                    "Cannot add hour, minutes or seconds to a date",
                ));
            }
            let moved = i64::from(*days) + sign * (millis / 86_400_000);
            i32::try_from(moved)
                .map(Value::Date)
                .map_err(|_| out_of_range())
        }
        // Days of intervals are 24 hours, also where clocks change.
        (Value::Timestamp(micros), Value::IntervalDay(millis)) => {
            let moved = millis
                .checked_mul(sign * 1000)
                .and_then(|by| micros.checked_add(by));
            moved.map(Value::Timestamp).ok_or_else(out_of_range)
        }
        (Value::TimestampTz(instant, zone), Value::IntervalDay(millis)) => {
            let moved = millis
                .checked_mul(sign * 1000)
                .and_then(|by| instant.checked_add(by));
            moved
                .map(|moved| Value::TimestampTz(moved, *zone))
                .ok_or_else(out_of_range)
        }
        (point, Value::IntervalMonth(months)) => {
            let span = Span::new()
                .try_months(sign * months)
                .map_err(|_| out_of_range())?;
            Moment::of(point).map_or(Ok(Value::Null), |moment| moment.plus(span))
        }
        _ => Ok(Value::Null),
    }
}

fn difference(one: &Value, other: &Value) -> Value {
    let micros = |value: &Value| match value {
        Value::Date(days) => Some(i64::from(*days) * super::calendar::DAY),
        Value::Timestamp(micros) | Value::TimestampTz(micros, _) => Some(*micros),
        _ => None,
    };
    match (micros(one), micros(other)) {
        (Some(one), Some(other)) => Value::IntervalDay((one - other).div_euclid(1000)),
        _ => Value::Null,
    }
}

fn summed(one: &Value, other: &Value, sign: i64) -> Judged<Value> {
    let sum = |one: i64, other: i64| {
        let sum = other
            .checked_mul(sign)
            .and_then(|other| one.checked_add(other));
        sum.ok_or_else(|| Refusal::argument("the interval is out of range"))
    };
    Ok(match (one, other) {
        (Value::IntervalDay(one), Value::IntervalDay(other)) => {
            Value::IntervalDay(sum(*one, *other)?)
        }
        (Value::IntervalMonth(one), Value::IntervalMonth(other)) => {
            Value::IntervalMonth(sum(*one, *other)?)
        }
        _ => Value::Null,
    })
}

fn multiplied(interval: &Value, by: &Value) -> Judged<Value> {
    if interval.is_null() || by.is_null() {
        return Ok(Value::Null);
    }
    let product = interval.as_whole().checked_mul(by.as_whole());
    let product = product.ok_or_else(|| Refusal::argument("the interval is out of range"))?;
    Ok(match interval {
        Value::IntervalMonth(_) => Value::IntervalMonth(product),
        _ => Value::IntervalDay(product),
    })
}

/// An interval multiplied with a double or divided by it, cut towards zero.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "Trino reckons it in doubles, too; the range is looked at first"
)]
fn scaled(interval: &Value, by: &Value, divide: bool) -> Judged<Value> {
    if interval.is_null() || by.is_null() {
        return Ok(Value::Null);
    }
    let number = by.as_double();
    if number.is_nan() || (divide && number == 0.0) {
        let word = if divide { "divide" } else { "multiply" };
        let number = crate::value::java_double(number);
        let message = format!("Cannot {word} by double {number}");
        return Err(Refusal::argument(message));
    }
    let size = interval.as_whole() as f64;
    let found = if divide { size / number } else { size * number };
    if found.abs() >= 2_f64.powi(63) {
        return Err(Refusal::argument("the interval is out of range"));
    }
    Ok(match interval {
        Value::IntervalMonth(_) => Value::IntervalMonth(found as i64),
        _ => Value::IntervalDay(found as i64),
    })
}

/// `INTERVAL '1 02:03' day to minute`: its value and type; `None` where the text does not fit the units.
pub(crate) fn parse_interval(interval: &IntervalText) -> Option<(Value, Type)> {
    const UNITS: [(&str, i64); 6] = [
        ("year", 12),
        ("month", 1),
        ("day", 86_400_000),
        ("hour", 3_600_000),
        ("minute", 60_000),
        ("second", 1000),
    ];
    let place = |name: &str| UNITS.iter().position(|(unit, _)| *unit == name);
    let first = place(&interval.from.key())?;
    let last = interval
        .to
        .as_ref()
        .map_or(Some(first), |to| place(&to.key()))?;
    if last < first || (first < 2) != (last < 2) {
        return None;
    }
    let text = interval.text.trim();
    let (text, negative) = match text.strip_prefix('-') {
        Some(rest) => (rest, !interval.negative),
        None => (text.strip_prefix('+').unwrap_or(text), interval.negative),
    };
    let parts: Vec<&str> = text
        .split(if first < 2 {
            &['-'][..]
        } else {
            &[' ', ':'][..]
        })
        .collect();
    if parts.len() != last - first + 1 {
        return None;
    }
    let mut total = 0_i64;
    for (part, (unit, factor)) in parts.iter().zip(UNITS.get(first..)?) {
        total = total.checked_add(amount(part, unit, *factor)?)?;
    }
    let total = if negative { -total } else { total };
    Some(match first < 2 {
        true => (Value::IntervalMonth(total), Type::IntervalMonth),
        false => (Value::IntervalDay(total), Type::IntervalDay),
    })
}

/// A number of a unit; seconds may have a fraction.
fn amount(part: &str, unit: &str, factor: i64) -> Option<i64> {
    let (whole, fraction) = match part.split_once('.') {
        Some((whole, fraction)) if unit == "second" => (whole, fraction),
        Some(_) => return None,
        None => (part, ""),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|at| at.is_ascii_digit());
    if !digits(whole) || (part.contains('.') && (!digits(fraction) || fraction.len() > 3)) {
        return None;
    }
    let millis: i64 = format!("{fraction:0<3}").parse().ok()?;
    whole
        .parse::<i64>()
        .ok()?
        .checked_mul(factor)?
        .checked_add(millis)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sql::ast::Name;
    use belfry_engine::diag::Span as At;

    fn parse(text: &str, from: &str, to: Option<&str>) -> Option<i64> {
        let name = |text: &str| Name {
            text: text.to_owned(),
            at: At::new(0, 0),
        };
        let interval = IntervalText {
            negative: false,
            text: text.to_owned(),
            from: name(from),
            to: to.map(name),
        };
        parse_interval(&interval).map(|(value, _)| value.as_whole())
    }

    #[test]
    fn intervals_are_read_by_their_units() {
        assert_eq!(parse("30", "day", None), Some(30 * 86_400_000));
        assert_eq!(parse("-1", "HOUR", None), Some(-3_600_000));
        assert_eq!(parse("1.5", "second", None), Some(1500));
        assert_eq!(
            parse("1 02:03:04.005", "day", Some("second")),
            Some(93_784_005)
        );
        assert_eq!(parse("1-2", "year", Some("month")), Some(14));
        assert_eq!(parse("1.5", "day", None), None);
        assert_eq!(parse("1", "month", Some("day")), None);
        assert_eq!(parse("", "day", None), None);
    }
}
