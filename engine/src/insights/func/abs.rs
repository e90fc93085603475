use super::{Call, Function, integer_or};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "abs",
    aliases: &[],
    summary: "the absolute value",
    signature: "abs(number)",
    examples: &[("abs(-5)", Some("5")), ("abs(\"x\")", None)],
    arguments: (1, 1),
    call: Call::Values(abs),
};

fn abs<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    integer_or(arguments, |whole| whole.checked_abs(), f64::abs)
}
