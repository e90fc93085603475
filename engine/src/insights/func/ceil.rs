use super::{Call, Function, integer_or};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "ceil",
    aliases: &[],
    summary: "rounds up to a whole number",
    signature: "ceil(number)",
    examples: &[("ceil(2.1)", Some("3")), ("ceil(-2.1)", Some("-2"))],
    arguments: (1, 1),
    call: Call::Values(ceil),
};

fn ceil<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    integer_or(arguments, Some, f64::ceil)
}
