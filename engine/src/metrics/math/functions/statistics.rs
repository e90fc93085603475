use super::function::{Call, Function};
use crate::metrics::math::calculate::MathError;
use crate::metrics::math::value::{Series, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "AVG",
        usage: "AVG(m1), AVG([m1, m2])",
        summary: "the average of a series, or across series (a missing value counts as 0)",
        least: 1,
        most: 1,
        call: |call| statistic(call, average, |values, count| total(values) / count),
    },
    Function {
        name: "MIN",
        usage: "MIN(m1), MIN([m1, m2])",
        summary: "the least value of a series, or across series",
        least: 1,
        most: 1,
        call: |call| statistic(call, least, |values, _| least(values)),
    },
    Function {
        name: "MAX",
        usage: "MAX(m1), MAX([m1, m2])",
        summary: "the greatest value of a series, or across series",
        least: 1,
        most: 1,
        call: |call| statistic(call, greatest, |values, _| greatest(values)),
    },
    Function {
        name: "SUM",
        usage: "SUM(m1), SUM([m1, m2])",
        summary: "the sum of a series, or across series",
        least: 1,
        most: 1,
        call: |call| statistic(call, total, |values, _| total(values)),
    },
    Function {
        name: "STDDEV",
        usage: "STDDEV(m1), STDDEV([m1, m2])",
        summary: "the standard deviation (of the population) of a series, or across series",
        least: 1,
        most: 1,
        call: |call| statistic(call, deviation, |values, _| deviation(values)),
    },
    Function {
        name: "DATAPOINT_COUNT",
        usage: "DATAPOINT_COUNT(m1), DATAPOINT_COUNT([m1, m2])",
        summary: "how many values there are in a series, or across series",
        least: 1,
        most: 1,
        call: datapoint_count,
    },
    Function {
        name: "METRIC_COUNT",
        usage: "METRIC_COUNT(METRICS())",
        summary: "how many series an array has",
        least: 1,
        most: 1,
        call: |call| Ok(Value::Scalar(count(call.array(0)?.len()))),
    },
];

type OfSeries = fn(&[f64]) -> f64;

/// Takes the values of one timestamp and the number of series.
type AcrossSeries = fn(&[f64], f64) -> f64;

/// A series becomes a scalar; an array becomes a series with a point wherever one of its series has one.
fn statistic(
    call: &Call<'_>,
    of_series: OfSeries,
    across: AcrossSeries,
) -> Result<Value, MathError> {
    match call.argument(0) {
        Some(Value::Series(series)) => {
            let values: Vec<f64> = series.values().collect();
            Ok(Value::Scalar(if values.is_empty() {
                f64::NAN
            } else {
                of_series(&values)
            }))
        }
        Some(Value::Array(array)) => Ok(Value::Series(at_each_point(call, array, across))),
        _ => call.wrong(0, "a time series or an array of time series"),
    }
}

fn at_each_point(call: &Call<'_>, array: &[Series], across: AcrossSeries) -> Series {
    let series = count(array.len());
    let point = |place: usize| {
        let there = array
            .iter()
            .filter_map(|s| s.points.get(place).copied().flatten());
        let values: Vec<f64> = there.collect();
        (!values.is_empty()).then(|| across(&values, series))
    };
    Series::new(
        call.name,
        (0..call.environment.grid().count).map(point).collect(),
    )
}

fn datapoint_count(call: &Call<'_>) -> Result<Value, MathError> {
    match call.argument(0) {
        Some(Value::Series(series)) => Ok(Value::Scalar(count(series.values().count()))),
        _ => statistic(call, |_| f64::NAN, |values, _| count(values.len())),
    }
}

/// A number of things as a double; exact up to 2^32, far beyond any request.
fn count(number: usize) -> f64 {
    u32::try_from(number).map_or(f64::from(u32::MAX), f64::from)
}

fn total(values: &[f64]) -> f64 {
    values.iter().sum()
}

pub(super) fn average(values: &[f64]) -> f64 {
    total(values) / count(values.len())
}

fn least(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

fn greatest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

fn deviation(values: &[f64]) -> f64 {
    let mean = average(values);
    let squares = values.iter().map(|value| (value - mean).powi(2));
    (squares.sum::<f64>() / count(values.len())).sqrt()
}

/// The statistic by which SORT orders; `None` of an empty series.
pub(super) fn by_name(name: &str, series: &Series) -> Option<f64> {
    let values: Vec<f64> = series.values().collect();
    let statistic: OfSeries = match name {
        "AVG" => average,
        "MIN" => least,
        "MAX" => greatest,
        _ => total,
    };
    (!values.is_empty()).then(|| statistic(&values))
}
