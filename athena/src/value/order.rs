use std::cmp::Ordering;

use super::kind::Value;

/// The order of two values of one type; nulls are handled by the caller, those inside others are the greatest.
pub(crate) fn compare(one: &Value, other: &Value) -> Ordering {
    match (one, other) {
        (Value::Boolean(one), Value::Boolean(other)) => one.cmp(other),
        (Value::Whole(one), Value::Whole(other))
        | (Value::Timestamp(one), Value::Timestamp(other))
        | (Value::TimestampTz(one, _), Value::TimestampTz(other, _))
        | (Value::IntervalDay(one), Value::IntervalDay(other))
        | (Value::IntervalMonth(one), Value::IntervalMonth(other)) => one.cmp(other),
        (Value::Double(one), Value::Double(other)) => double(*one, *other),
        (Value::Decimal(one), Value::Decimal(other)) => one.units().cmp(&other.units()),
        (Value::Varchar(one), Value::Varchar(other)) => one.as_bytes().cmp(other.as_bytes()),
        (Value::Varbinary(one), Value::Varbinary(other)) => one.cmp(other),
        (Value::Date(one), Value::Date(other)) => one.cmp(other),
        (Value::IpAddress(one), Value::IpAddress(other)) => one.cmp(other),
        (Value::IpPrefix(one), Value::IpPrefix(other)) => one.cmp(other),
        (Value::Array(one), Value::Array(other)) | (Value::Row(one), Value::Row(other)) => {
            let pairs = one.iter().zip(other.iter());
            let mut orders = pairs.map(|(one, other)| ordered(one, other));
            let first = orders.find(|order| order.is_ne());
            first.unwrap_or_else(|| one.len().cmp(&other.len()))
        }
        _ => Ordering::Equal,
    }
}

/// NaN is the greatest, both zeros are one.
fn double(one: f64, other: f64) -> Ordering {
    one.partial_cmp(&other)
        .unwrap_or_else(|| one.is_nan().cmp(&other.is_nan()))
}

/// As [`compare`], with NULL the greatest.
pub(crate) fn ordered(one: &Value, other: &Value) -> Ordering {
    match (one.is_null(), other.is_null()) {
        (false, false) => compare(one, other),
        (one, other) => one.cmp(&other),
    }
}

/// Whether two values are not distinct.
pub(super) fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Null, Value::Null) => true,
        (Value::Null, _) | (_, Value::Null) => false,
        (Value::Array(one), Value::Array(other)) | (Value::Row(one), Value::Row(other)) => {
            one.len() == other.len() && one.iter().zip(other.iter()).all(|(a, b)| same(a, b))
        }
        (Value::Map(one), Value::Map(other)) => {
            let has = |(key, value): &(Value, Value)| {
                let found = other.iter().find(|(of, _)| same(of, key));
                found.is_some_and(|(_, found)| same(found, value))
            };
            one.len() == other.len() && one.iter().all(has)
        }
        _ => compare(one, other).is_eq(),
    }
}

/// Trino's `=` of two values that are not NULL: `None` where a NULL inside leaves it open. NaN equals nothing.
pub(crate) fn equal(one: &Value, other: &Value) -> Option<bool> {
    match (one, other) {
        (Value::Null, _) | (_, Value::Null) => None,
        (Value::Double(one), Value::Double(other)) => Some(*one == *other),
        (Value::Array(one), Value::Array(other)) | (Value::Row(one), Value::Row(other)) => {
            if one.len() != other.len() {
                return Some(false);
            }
            all_equal(one.iter().zip(other.iter()).map(|(a, b)| equal(a, b)))
        }
        (Value::Map(one), Value::Map(other)) => {
            if one.len() != other.len() {
                return Some(false);
            }
            let of_key = |(key, value): &(Value, Value)| {
                let found = other.iter().find(|(of, _)| same(of, key));
                found.map_or(Some(false), |(_, found)| equal(found, value))
            };
            all_equal(one.iter().map(of_key))
        }
        _ => Some(compare(one, other).is_eq()),
    }
}

fn all_equal(pairs: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for pair in pairs {
        match pair {
            Some(false) => return Some(false),
            Some(true) => {}
            None => all = None,
        }
    }
    all
}
