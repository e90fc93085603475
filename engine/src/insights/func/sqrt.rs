use super::{Call, Function, number};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "sqrt",
    aliases: &[],
    summary: "the square root; missing for negative numbers",
    signature: "sqrt(number)",
    examples: &[("sqrt(9)", Some("3")), ("sqrt(-1)", None)],
    arguments: (1, 1),
    call: Call::Values(sqrt),
};

fn sqrt<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    number(arguments, 0).map_or(Value::Null, |value| Value::float(value.sqrt()))
}
