use super::ast::Operator;
use super::value::{Series, Value};

/// `left operator right`; `None` where the operator does not take such values. Scalars and series go with all,
/// arrays with scalars and series, but not with arrays ("Metric math syntax and functions" of the user guide).
pub(super) fn combine(operator: Operator, left: &Value, right: &Value) -> Option<Value> {
    match (left, right) {
        (Value::Scalar(a), Value::Scalar(b)) => Some(Value::Scalar(
            calculate(operator, *a, *b).unwrap_or(f64::NAN),
        )),
        (Value::Array(several), other) if !matches!(other, Value::Array(_)) => {
            let each = several
                .iter()
                .map(|one| mixed(operator, &Side::Series(one), &side(other)?));
            each.collect::<Option<_>>().map(Value::Array)
        }
        (other, Value::Array(several)) if !matches!(other, Value::Array(_)) => {
            let each = several
                .iter()
                .map(|one| mixed(operator, &side(other)?, &Side::Series(one)));
            each.collect::<Option<_>>().map(Value::Array)
        }
        _ => mixed(operator, &side(left)?, &side(right)?).map(Value::Series),
    }
}

enum Side<'a> {
    Scalar(f64),
    Series(&'a Series),
}

fn side(value: &Value) -> Option<Side<'_>> {
    match value {
        Value::Scalar(number) => Some(Side::Scalar(*number)),
        Value::Series(series) => Some(Side::Series(series)),
        Value::Array(_) | Value::Text(_) | Value::Keyword(_) => None,
    }
}

/// Between two series a point that only one of them has is combined with zero; a point that neither has stays
/// missing. Between a series and a scalar the series decides which points there are.
fn mixed(operator: Operator, left: &Side<'_>, right: &Side<'_>) -> Option<Series> {
    let or_zero = |point: &Option<f64>| point.unwrap_or(0.0);
    match (left, right) {
        (Side::Series(a), Side::Series(b)) => {
            let pair = |(a, b): (&Option<f64>, &Option<f64>)| {
                a.or(*b)?;
                calculate(operator, or_zero(a), or_zero(b))
            };
            Some(Series::new(
                &a.label,
                a.points.iter().zip(&b.points).map(pair).collect(),
            ))
        }
        (Side::Series(a), Side::Scalar(b)) => Some(a.map(|a| calculate(operator, a, *b))),
        (Side::Scalar(a), Side::Series(b)) => Some(b.map(|b| calculate(operator, *a, b))),
        (Side::Scalar(_), Side::Scalar(_)) => None,
    }
}

/// `None` where there is no value: a division by zero, or a side that is not a number.
fn calculate(operator: Operator, a: f64, b: f64) -> Option<f64> {
    if a.is_nan() || b.is_nan() {
        return None;
    }
    let truth = |holds: bool| if holds { 1.0 } else { 0.0 };
    let value = match operator {
        Operator::Or => truth(a != 0.0 || b != 0.0),
        Operator::And => truth(a != 0.0 && b != 0.0),
        Operator::Equal => truth(a == b),
        Operator::NotEqual => truth(a != b),
        Operator::LessOrEqual => truth(a <= b),
        Operator::GreaterOrEqual => truth(a >= b),
        Operator::Less => truth(a < b),
        Operator::Greater => truth(a > b),
        Operator::Add => a + b,
        Operator::Subtract => a - b,
        Operator::Multiply => a * b,
        Operator::Divide => a / b,
        Operator::Power => a.powf(b),
    };
    value.is_finite().then_some(value)
}

/// The value with its sign turned; what has none comes back as the error.
pub(super) fn negate(value: Value) -> Result<Value, Value> {
    let turn = |series: Series| series.map(|v| Some(-v));
    match value {
        Value::Scalar(number) => Ok(Value::Scalar(-number)),
        Value::Series(series) => Ok(Value::Series(turn(series))),
        Value::Array(several) => Ok(Value::Array(several.into_iter().map(turn).collect())),
        other => Err(other),
    }
}
