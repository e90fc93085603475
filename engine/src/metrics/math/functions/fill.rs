use super::function::{Call, Function};
use crate::metrics::math::calculate::MathError;
use crate::metrics::math::value::{Series, Value};

pub(super) const FUNCTIONS: &[Function] = &[Function {
    name: "FILL",
    usage: "FILL(m1, 0), FILL(m1, m2), FILL(m1, REPEAT), FILL(m1, LINEAR)",
    summary: "puts values where there are none",
    least: 2,
    most: 2,
    call: fill,
}];

fn fill(call: &Call<'_>) -> Result<Value, MathError> {
    match call.argument(1) {
        Some(Value::Scalar(number)) => {
            let filler = (!number.is_nan()).then_some(*number);
            call.each(|series| with(series, |p| p.or(filler)))
        }
        Some(Value::Series(filler)) => call.each(|series| {
            let pairs = series.points.iter().zip(&filler.points);
            Series::new(&series.label, pairs.map(|(p, f)| p.or(*f)).collect())
        }),
        Some(Value::Keyword("REPEAT")) => call.each(|series| {
            let mut last = None;
            with(series, |p| {
                last = p.or(last);
                last
            })
        }),
        Some(Value::Keyword("LINEAR")) => call.each(linear),
        _ => call.wrong(1, "a scalar, a time series, REPEAT or LINEAR"),
    }
}

fn with(series: &Series, change: impl FnMut(Option<f64>) -> Option<f64>) -> Series {
    Series::new(
        &series.label,
        series.points.iter().copied().map(change).collect(),
    )
}

/// A straight line across each gap; a gap without a value on either side stays.
fn linear(series: &Series) -> Series {
    let mut points = series.points.clone();
    let known = series
        .points
        .iter()
        .enumerate()
        .filter_map(|(at, p)| Some((at, (*p)?)));
    let known: Vec<(usize, f64)> = known.collect();
    for pair in known.windows(2) {
        let [(from, start), (to, end)] = pair else {
            continue;
        };
        let steps = u32::try_from(to - from).map_or(f64::NAN, f64::from);
        let inside = points.iter_mut().skip(from + 1).take(to - from - 1);
        for (step, point) in (1_u32..).zip(inside) {
            *point = Some(start + (end - start) * f64::from(step) / steps);
        }
    }
    Series::new(&series.label, points)
}
