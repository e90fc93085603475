use super::function::{Call, Function};
use crate::metrics::math::calculate::MathError;
use crate::metrics::math::value::{Series, Value};

pub(super) const FUNCTIONS: &[Function] = &[Function {
    name: "IF",
    usage: "IF(condition, m1), IF(condition, m1, m2)",
    summary: "one value where the condition is not 0, another where it is",
    least: 2,
    most: 3,
    call: condition,
}];

fn condition(call: &Call<'_>) -> Result<Value, MathError> {
    match call.argument(0) {
        Some(Value::Scalar(condition)) => whole(call, *condition),
        Some(Value::Series(condition)) => by_point(call, condition),
        _ => call.wrong(0, "a scalar or a time series"),
    }
}

/// A scalar chooses a whole branch; without a branch for false the result is empty. What comes of a scalar beside a
/// series is not documented ("Using IF expressions" of the user guide lists `IF(S, TS, TS)` alone), and would be a series or
/// not as the data go.
fn whole(call: &Call<'_>, condition: f64) -> Result<Value, MathError> {
    if let (Some(Value::Series(_)), Some(Value::Scalar(_))) = (call.argument(1), call.argument(2)) {
        return call.wrong(2, "a time series beside a time series");
    }
    if let (Some(Value::Scalar(_)), Some(Value::Series(_))) = (call.argument(1), call.argument(2)) {
        return call.wrong(1, "a time series beside a time series");
    }
    let place = if condition == 0.0 { 2 } else { 1 };
    match call.argument(place) {
        Some(value @ (Value::Scalar(_) | Value::Series(_))) if !condition.is_nan() => {
            Ok(value.clone())
        }
        Some(Value::Scalar(_) | Value::Series(_)) | None => {
            let none = vec![None; call.environment.grid().count];
            Ok(Value::Series(Series::new(call.name, none)))
        }
        Some(_) => call.wrong(place, "a scalar or a time series"),
    }
}

/// Point by point. A point without a condition is dropped. A value missing in a series counts as 0, except in
/// the false branch beside a scalar true branch, where the point is dropped: so the documented tables of IF.
fn by_point(call: &Call<'_>, condition: &Series) -> Result<Value, MathError> {
    let when_true = branch(call, 1)?;
    let when_false = if call.argument(2).is_some() {
        branch(call, 2)?
    } else {
        Branch::Absent
    };
    let drops = matches!(when_true, Branch::Scalar(_));
    let point = |(place, condition): (usize, &Option<f64>)| match (*condition)? == 0.0 {
        false => when_true.at(place, false),
        true => when_false.at(place, drops),
    };
    let points = condition.points.iter().enumerate().map(point).collect();
    Ok(Value::Series(Series::new(&condition.label, points)))
}

enum Branch<'a> {
    Absent,
    Scalar(f64),
    Series(&'a Series),
}

fn branch<'a>(call: &'a Call<'_>, place: usize) -> Result<Branch<'a>, MathError> {
    match call.argument(place) {
        Some(Value::Scalar(number)) => Ok(Branch::Scalar(*number)),
        Some(Value::Series(series)) => Ok(Branch::Series(series)),
        _ => call.wrong(place, "a scalar or a time series"),
    }
}

impl Branch<'_> {
    fn at(&self, place: usize, drops: bool) -> Option<f64> {
        match self {
            Self::Absent => None,
            Self::Scalar(number) => Some(*number),
            Self::Series(series) => {
                let value = series.points.get(place).copied().flatten();
                if drops {
                    value
                } else {
                    Some(value.unwrap_or(0.0))
                }
            }
        }
    }
}
