use super::{Call, Function, integer, integer_or, number};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "round",
    aliases: &[],
    summary: "rounds to a whole number, or to a number of decimals; halves away from zero",
    signature: "round(number[, decimals])",
    examples: &[
        ("round(2.567, 2)", Some("2.57")),
        ("round(2.4)", Some("2")),
        ("round(-2.5)", Some("-3")),
    ],
    arguments: (1, 2),
    call: Call::Values(round),
};

fn round<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    if arguments.len() == 1 {
        return integer_or(arguments, Some, f64::round);
    }
    let (Some(value), Some(decimals)) = (number(arguments, 0), integer(arguments, 1)) else {
        return Value::Null;
    };
    let Ok(decimals) = i32::try_from(decimals.clamp(-300, 300)) else {
        return Value::Null;
    };
    let scale = 10_f64.powi(decimals);
    Value::float((value * scale).round() / scale)
}
