use super::{Call, Function, number};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "log",
    aliases: &[],
    summary: "the natural logarithm; missing for zero and below",
    signature: "log(number)",
    examples: &[("log(1)", Some("0")), ("log(0)", None)],
    arguments: (1, 1),
    call: Call::Values(log),
};

fn log<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    number(arguments, 0).map_or(Value::Null, |value| Value::float(value.ln()))
}
