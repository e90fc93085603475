use belfry_engine::diag::Span;

use super::judge::Judge;
use crate::func::{parse_decimal, parse_interval, shape_of_timestamp, timestamp};
use crate::plan::Scalar;
use crate::refusal::{Judged, Refusal};
use crate::sql::ast::{Expr, IntervalText, TypeName};
use crate::types::{Type, of_name};
use crate::value::Value;

/// The most digits of a decimal literal.
const MOST_DIGITS: usize = 38;

pub(super) fn integer(text: &str, span: Span) -> Judged<Scalar> {
    let number: i64 = text.parse().map_err(|_| {
        Refusal::athena(
            "SYNTAX_ERROR",
            span,
            format!("Invalid numeric literal: {text}"),
        )
    })?;
    let of = if i32::try_from(number).is_ok() {
        Type::Integer
    } else {
        Type::BigInt
    };
    Ok(Scalar::constant(Value::Whole(number), of, span))
}

/// `100.0` is decimal(4,1): leading zeros do not count.
pub(super) fn decimal(text: &str, span: Span) -> Judged<Scalar> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let whole = whole.trim_start_matches('0');
    let precision = (whole.len() + fraction.len()).max(1);
    let sizes = (u8::try_from(precision), u8::try_from(fraction.len()));
    match (sizes, parse_decimal(text)) {
        ((Ok(precision), Ok(scale)), Some((units, _))) if usize::from(precision) <= MOST_DIGITS => {
            Ok(Scalar::constant(
                Value::decimal(units),
                Type::Decimal(precision, scale),
                span,
            ))
        }
        _ => Err(Refusal::athena(
            "INVALID_LITERAL",
            span,
            format!("'{text}' is not a valid DECIMAL literal"),
        )),
    }
}

pub(super) fn double(text: &str, span: Span) -> Judged<Scalar> {
    let number: f64 = text.parse().unwrap_or(f64::NAN);
    Ok(Scalar::constant(Value::Double(number), Type::Double, span))
}

pub(super) fn text(text: &str, span: Span) -> Scalar {
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    Scalar::constant(Value::text(text), Type::Varchar(Some(length)), span)
}

pub(super) fn interval(interval: &IntervalText, span: Span) -> Judged<Scalar> {
    let found = parse_interval(interval);
    let wrong = || {
        let message = format!("'{}' is not a valid INTERVAL literal", interval.text);
        Refusal::athena("INVALID_LITERAL", span, message)
    };
    found
        .map(|(value, of)| Scalar::constant(value, of, span))
        .ok_or_else(wrong)
}

/// `TIMESTAMP '…'`, `DATE '…'`, `BIGINT '1'`.
pub(super) fn typed(name: &TypeName, text: &str, span: Span) -> Judged<Scalar> {
    let wrong = |of: &str| {
        Refusal::athena(
            "INVALID_LITERAL",
            span,
            format!("'{text}' is not a valid {of} literal"),
        )
    };
    if name.name == "time" {
        return Err(Refusal::unsupported(
            span,
            "the type `time` is not supported here",
        ));
    }
    if name.name == "timestamp" {
        let (digits, zone) = shape_of_timestamp(text);
        let Some(digits) = u8::try_from(digits).ok().filter(|digits| *digits <= 6) else {
            return Err(Refusal::unsupported(
                span,
                "timestamps of more than 6 digits behind the seconds are not supported here",
            ));
        };
        let of = if zone {
            Type::TimestampTz(digits)
        } else {
            Type::Timestamp(digits)
        };
        let value = timestamp(text, &of).ok_or_else(|| wrong("timestamp"))?;
        return Ok(Scalar::constant(value, of, span));
    }
    let of = match name.name.as_str() {
        // Its size is that of the literal.
        "decimal" => return decimal_typed(text, span).ok_or_else(|| wrong("decimal"))?,
        _ => of_name(name)?,
    };
    let value = crate::func::cast(&Value::text(text), &Type::VARCHAR, &of)
        .map_err(|_| wrong(&name.name))?;
    Ok(Scalar::constant(value, of, span))
}

fn decimal_typed(text: &str, span: Span) -> Option<Judged<Scalar>> {
    let (sign, unsigned) = match text.trim().strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.trim()),
    };
    parse_decimal(unsigned)?;
    let found = decimal(unsigned, span).map(|scalar| match &scalar.node {
        crate::plan::Node::Constant(value) => {
            Scalar::constant(Value::decimal(sign * value.as_decimal()), scalar.of, span)
        }
        _ => scalar,
    });
    Some(found)
}

impl Judge<'_> {
    /// The expression that was given for a `?`.
    pub(super) fn parameter(&self, number: usize, span: Span) -> Judged<&Expr> {
        self.parameters.get(number).ok_or_else(|| {
            let message = format!(
                "Incorrect number of parameters: expected {} but found {}",
                number + 1,
                self.parameters.len()
            );
            Refusal::athena("INVALID_PARAMETER_USAGE", span, message)
        })
    }
}
