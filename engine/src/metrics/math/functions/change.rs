use super::function::{Call, Function};
use crate::metrics::math::calculate::MathError;
use crate::metrics::math::value::{Series, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "DIFF",
        usage: "DIFF(m1)",
        summary: "each value minus the one before it",
        least: 1,
        most: 1,
        call: |call| steps(call, |step| step.value),
    },
    Function {
        name: "DIFF_TIME",
        usage: "DIFF_TIME(m1)",
        summary: "seconds between each value and the one before it",
        least: 1,
        most: 1,
        call: |call| steps(call, |step| step.seconds),
    },
    Function {
        name: "RATE",
        usage: "RATE(m1)",
        summary: "the change of the value per second",
        least: 1,
        most: 1,
        call: |call| steps(call, |step| step.value / step.seconds),
    },
    Function {
        name: "RUNNING_SUM",
        usage: "RUNNING_SUM(m1)",
        summary: "the sum of all values up to each one",
        least: 1,
        most: 1,
        call: |call| call.each(running_sum),
    },
];

/// From one value to the next that is there.
struct Step {
    value: f64,
    seconds: f64,
}

/// The first value has none before it and gives no point.
fn steps(call: &Call<'_>, measure: fn(&Step) -> f64) -> Result<Value, MathError> {
    let period = i32::try_from(call.environment.grid().period).map_or(f64::NAN, f64::from);
    call.each(|series| {
        let mut before: Option<f64> = None;
        let mut seconds = 0.0;
        let point = |point: &Option<f64>| {
            seconds += period;
            let value = (*point)?;
            let step = before.replace(value).map(|b| Step {
                value: value - b,
                seconds,
            });
            seconds = 0.0;
            step.as_ref().map(measure)
        };
        Series::new(&series.label, series.points.iter().map(point).collect())
    })
}

fn running_sum(series: &Series) -> Series {
    let mut sum = 0.0;
    let mut add = |value: f64| {
        sum += value;
        sum
    };
    Series::new(
        &series.label,
        series.points.iter().map(|p| p.map(&mut add)).collect(),
    )
}
