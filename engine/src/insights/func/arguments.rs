use std::borrow::Cow;

use crate::insights::value::{Number, Value};

/// The text of an argument; numbers give the text they print as.
pub(super) fn text<'v>(arguments: &'v [Value<'_>], index: usize) -> Option<Cow<'v, str>> {
    arguments.get(index)?.display()
}

/// An argument as a float.
pub(super) fn number(arguments: &[Value<'_>], index: usize) -> Option<f64> {
    arguments.get(index)?.as_f64()
}

/// An argument as a whole number, towards zero.
pub(super) fn integer(arguments: &[Value<'_>], index: usize) -> Option<i64> {
    arguments.get(index)?.number()?.truncate()
}

/// Computes with the first argument as the kind of number it is.
pub(super) fn integer_or(
    arguments: &[Value<'_>],
    whole: fn(i64) -> Option<i64>,
    float: fn(f64) -> f64,
) -> Value<'static> {
    match arguments.first().and_then(Value::number) {
        Some(Number::Integer(value)) => whole(value).map_or(Value::Null, Value::Integer),
        Some(Number::Float(value)) => Value::float(float(value)),
        None => Value::Null,
    }
}

/// A count as a value.
pub(super) fn length(count: usize) -> Value<'static> {
    i64::try_from(count).map_or(Value::Null, Value::Integer)
}

/// Bytes as lower-case hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(u32::from(digit), 16))
        .collect()
}
