use crate::base::Millis;
use crate::insights::RunOptions;
use crate::insights::ast::Arithmetic;
use crate::insights::plan::{Pattern, Scalar};
use crate::insights::value::{Comparison, Number, Value, compare};

/// The value of `scalar` over a row.
pub(in crate::insights) fn eval<'r>(
    scalar: &'r Scalar,
    row: &[Value<'r>],
    options: &RunOptions,
) -> Value<'r> {
    let value = |scalar: &'r Scalar| eval(scalar, row, options);
    match scalar {
        Scalar::Literal(literal) => borrowed(literal),
        Scalar::Slot(slot) => row.get(*slot).cloned().unwrap_or(Value::Null),
        Scalar::Member {
            base,
            path,
            otherwise,
        } => with(base, row, options, |base| match base {
            Value::Structure(structure) => Some(structure.get(path)),
            _ => None,
        })
        .or_else(|| otherwise.as_deref().map(value))
        .unwrap_or(Value::Null),
        Scalar::Negate(a) => negate(&value(a)),
        Scalar::Not(a) => Value::boolean(!is_true(a, row, options)),
        Scalar::Arithmetic(op, a, b) => arithmetic(*op, &value(a), &value(b)),
        Scalar::Compare(..)
        | Scalar::And(..)
        | Scalar::Or(..)
        | Scalar::Like { .. }
        | Scalar::In { .. } => Value::boolean(is_true(scalar, row, options)),
        Scalar::Call(function, arguments) => {
            let arguments: Vec<_> = arguments.iter().map(value).collect();
            function(&arguments)
        }
        Scalar::Prepared(function, arguments) => {
            let arguments: Vec<_> = arguments.iter().map(value).collect();
            function.call(&arguments)
        }
        Scalar::Moment(function, moment, period) => match value(moment) {
            Value::Timestamp(at) => Value::Timestamp(function(at, *period)),
            _ => Value::Null,
        },
        Scalar::Query(function) => function(options),
    }
}

/// Whether `scalar` is true over a row.
pub(super) fn is_true<'r>(scalar: &'r Scalar, row: &[Value<'r>], options: &RunOptions) -> bool {
    let truth = |scalar: &'r Scalar| is_true(scalar, row, options);
    match scalar {
        Scalar::Not(a) => !truth(a),
        Scalar::And(all) => all.iter().all(truth),
        Scalar::Or(any) => any.iter().any(truth),
        Scalar::Compare(op, a, b) => with(a, row, options, |a| {
            with(b, row, options, |b| compare(*op, a, b))
        }),
        Scalar::Like {
            value,
            pattern,
            negated,
        } => with(value, row, options, |value| like(value, pattern, *negated)),
        Scalar::In {
            value,
            list,
            negated,
        } => with(value, row, options, |value| is_in(value, list, *negated)),
        _ => eval(scalar, row, options).is_true(),
    }
}

/// Shows a value to `look` without copying it out of the row.
pub(super) fn with<'r, T>(
    scalar: &'r Scalar,
    row: &[Value<'r>],
    options: &RunOptions,
    look: impl FnOnce(&Value<'_>) -> T,
) -> T {
    match scalar {
        Scalar::Literal(literal) => look(literal),
        Scalar::Slot(slot) => look(row.get(*slot).unwrap_or(&Value::Null)),
        _ => look(&eval(scalar, row, options)),
    }
}

fn borrowed<'r>(literal: &'r Value<'static>) -> Value<'r> {
    match literal {
        Value::Text(text) => Value::Text(std::borrow::Cow::Borrowed(text)),
        other => other.clone(),
    }
}

fn like(value: &Value<'_>, pattern: &Pattern, negated: bool) -> bool {
    let Some(text) = value.display() else {
        return false;
    };
    let found = match pattern {
        Pattern::Substring(finder) => finder.find(text.as_bytes()).is_some(),
        Pattern::Regex(regex) => regex.is_match(&text),
    };
    found != negated
}

fn is_in(value: &Value<'_>, list: &[Value<'static>], negated: bool) -> bool {
    if value.is_null() {
        return false;
    }
    if matches!(value, Value::Structure(_)) {
        return false;
    }
    let found = list
        .iter()
        .any(|one| compare(Comparison::Equal, value, one));
    found != negated
}

fn negate(value: &Value<'_>) -> Value<'static> {
    match value.number() {
        Some(Number::Integer(value)) => value.checked_neg().map_or_else(
            || Value::float(-Number::Integer(value).as_f64()),
            Value::Integer,
        ),
        Some(Number::Float(value)) => Value::float(-value),
        None => Value::Null,
    }
}

/// A moment and so many milliseconds before or behind it: an export of January 2026 shows
/// `datefloor(@timestamp - 21600000, 1h) + 21600000` as a moment. None where it is none.
fn moved(op: Arithmetic, at: Millis, by: &Value<'_>) -> Option<Millis> {
    let millis = match by {
        Value::Timestamp(_) => None,
        by => by.number()?.truncate(),
    }?;
    let moved = match op {
        Arithmetic::Subtract => at.0.checked_sub(millis),
        _ => at.0.checked_add(millis),
    };
    moved.map(Millis)
}

/// Whole numbers stay whole while they fit; division and powers are computed as floats. Division by zero
/// is missing, and a remainder keeps the sign of the dividend.
fn arithmetic(op: Arithmetic, a: &Value<'_>, b: &Value<'_>) -> Value<'static> {
    let moved = match (op, a, b) {
        (Arithmetic::Add | Arithmetic::Subtract, Value::Timestamp(at), by) => moved(op, *at, by),
        (Arithmetic::Add, by, Value::Timestamp(at)) => moved(op, *at, by),
        _ => None,
    };
    if let Some(moved) = moved {
        return Value::Timestamp(moved);
    }
    let (Some(a), Some(b)) = (a.number(), b.number()) else {
        return Value::Null;
    };
    if let (Number::Integer(a), Number::Integer(b)) = (a, b) {
        let whole = match op {
            Arithmetic::Add => a.checked_add(b),
            Arithmetic::Subtract => a.checked_sub(b),
            Arithmetic::Multiply => a.checked_mul(b),
            Arithmetic::Remainder => a.checked_rem(b),
            Arithmetic::Divide | Arithmetic::Power => None,
        };
        if let Some(whole) = whole {
            return Value::Integer(whole);
        }
    }
    let (a, b) = (a.as_f64(), b.as_f64());
    Value::float(match op {
        Arithmetic::Add => a + b,
        Arithmetic::Subtract => a - b,
        Arithmetic::Multiply => a * b,
        Arithmetic::Divide => a / b,
        Arithmetic::Remainder => a % b,
        Arithmetic::Power => a.powf(b),
    })
}
