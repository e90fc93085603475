use super::function::{Call, Function};
use crate::metrics::math::calculate::MathError;
use crate::metrics::math::value::Value;

pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "ABS",
        usage: "ABS(m1)",
        summary: "each value without its sign",
        least: 1,
        most: 1,
        call: |call| pointwise(call, f64::abs),
    },
    Function {
        name: "CEIL",
        usage: "CEIL(m1)",
        summary: "each value rounded up to a whole number",
        least: 1,
        most: 1,
        call: |call| pointwise(call, f64::ceil),
    },
    Function {
        name: "FLOOR",
        usage: "FLOOR(m1)",
        summary: "each value rounded down to a whole number",
        least: 1,
        most: 1,
        call: |call| pointwise(call, f64::floor),
    },
    Function {
        name: "LOG",
        usage: "LOG(m1)",
        summary: "the natural logarithm; values that are not positive are dropped",
        least: 1,
        most: 1,
        call: |call| pointwise(call, f64::ln),
    },
    Function {
        name: "LOG10",
        usage: "LOG10(m1)",
        summary: "the logarithm to base ten; values that are not positive are dropped",
        least: 1,
        most: 1,
        call: |call| pointwise(call, f64::log10),
    },
];

/// Values that are not finite afterwards are dropped with their points.
fn pointwise(call: &Call<'_>, change: fn(f64) -> f64) -> Result<Value, MathError> {
    call.each(|series| series.map(|value| Some(change(value))))
}
