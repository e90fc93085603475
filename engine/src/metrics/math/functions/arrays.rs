use super::function::{Call, Function};
use super::statistics::by_name;
use crate::diag::{Diagnostic, metric_math as codes};
use crate::metrics::math::calculate::MathError;
use crate::metrics::math::value::{Series, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "FIRST",
        usage: "FIRST(METRICS())",
        summary: "the first series of an array",
        least: 1,
        most: 1,
        call: |call| one_of(call, call.array(0)?.first()),
    },
    Function {
        name: "LAST",
        usage: "LAST(METRICS())",
        summary: "the last series of an array",
        least: 1,
        most: 1,
        call: |call| one_of(call, call.array(0)?.last()),
    },
    Function {
        name: "SLICE",
        usage: "SLICE(METRICS(), 0, 10)",
        summary: "the series of an array from a place, counted from zero, up to another, which is outside",
        least: 2,
        most: 3,
        call: slice,
    },
    Function {
        name: "SORT",
        usage: "SORT(METRICS(), AVG, DESC, 10)",
        summary: "the series of an array in the order of a statistic, at most so many",
        least: 3,
        most: 4,
        call: sort,
    },
    Function {
        name: "REMOVE_EMPTY",
        usage: "REMOVE_EMPTY(METRICS())",
        summary: "the series of an array that have values",
        least: 1,
        most: 1,
        call: |call| {
            let kept = call.array(0)?.iter().filter(|s| !s.is_empty());
            Ok(Value::Array(kept.cloned().collect()))
        },
    },
    Function {
        name: "TIME_SERIES",
        usage: "TIME_SERIES(5)",
        summary: "a series with the same value in every period",
        least: 1,
        most: 1,
        call: |call| {
            let value = call.scalar(0)?;
            let points = vec![Some(value); call.environment.grid().count];
            Ok(Value::Series(Series::new(call.name, points)))
        },
    },
    Function {
        name: "METRICS",
        usage: "METRICS(), METRICS('errors')",
        summary: "all metrics of the request, or those whose id contains a text",
        least: 0,
        most: 1,
        call: |call| match call.argument(0) {
            None => call.environment.metrics(""),
            Some(Value::Text(part)) => call.environment.metrics(part),
            Some(_) => call.wrong(0, "text"),
        },
    },
    Function {
        name: "PERIOD",
        usage: "PERIOD(m1)",
        summary: "the period of a metric in seconds",
        least: 1,
        most: 1,
        call: period,
    },
];

fn one_of(call: &Call<'_>, series: Option<&Series>) -> Result<Value, MathError> {
    let none = || Series::new(call.name, vec![None; call.environment.grid().count]);
    Ok(Value::Series(series.cloned().unwrap_or_else(none)))
}

fn slice(call: &Call<'_>) -> Result<Value, MathError> {
    let array = call.array(0)?;
    let start = place(call, 1)?;
    let end = if call.argument(2).is_some() {
        place(call, 2)?
    } else {
        array.len()
    };
    let kept = array.iter().take(end).skip(start);
    Ok(Value::Array(kept.cloned().collect()))
}

/// The argument at `at` as a whole number of at least zero.
fn place(call: &Call<'_>, at: usize) -> Result<usize, MathError> {
    let number = call.scalar(at)?;
    let whole = number.fract() == 0.0 && (0.0..=1e6).contains(&number);
    match format!("{number:.0}").parse() {
        Ok(place) if whole => Ok(place),
        _ => call.wrong(at, "a whole number from 0"),
    }
}

/// Series without values come last, whatever the order.
fn sort(call: &Call<'_>) -> Result<Value, MathError> {
    let statistic = call.keyword(1, "AVG MIN MAX SUM")?;
    let descending = call.keyword(2, "ASC DESC")? == "DESC";
    let array = call.array(0)?;
    let most = if call.argument(3).is_some() {
        place(call, 3)?
    } else {
        array.len()
    };
    let with_key = array
        .iter()
        .map(|series| (by_name(statistic, series), series));
    let (mut sorted, empty): (Vec<_>, Vec<_>) = with_key.partition(|(key, _)| key.is_some());
    sorted.sort_by(|(a, _), (b, _)| {
        let order = a.unwrap_or(f64::NAN).total_cmp(&b.unwrap_or(f64::NAN));
        if descending { order.reverse() } else { order }
    });
    let all = sorted.into_iter().chain(empty).take(most);
    Ok(Value::Array(
        all.map(|(_, series)| series.clone()).collect(),
    ))
}

/// Only of metrics themselves. Where the expression is worked out in a coarser period than the metric's own, AWS
/// does not say which of the two it gives.
fn period(call: &Call<'_>) -> Result<Value, MathError> {
    let grid = call.environment.grid().period;
    match call.series(0)?.metric_period {
        Some(period) if period == grid => Ok(Value::Scalar(
            i32::try_from(period).map_or(f64::NAN, f64::from),
        )),
        Some(period) => {
            let message = format!(
                "the metric's period is {period} and that of the expression {grid}: which of them PERIOD gives is not documented"
            );
            Err(Diagnostic::error(&codes::NOT_SUPPORTED, call.span, message)
                .help("give all metrics of the expression one period")
                .into())
        }
        None => call.wrong(0, "the id of a metric"),
    }
}
