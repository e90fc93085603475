use super::{Call, Function, integer_or};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "floor",
    aliases: &[],
    summary: "rounds down to a whole number",
    signature: "floor(number)",
    examples: &[("floor(-2.1)", Some("-3")), ("floor(7)", Some("7"))],
    arguments: (1, 1),
    call: Call::Values(floor),
};

fn floor<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    integer_or(arguments, Some, f64::floor)
}
