use super::{Call, Function, MANY};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "least",
    aliases: &[],
    summary: "the smallest of the numbers; missing ones do not count",
    signature: "least(number, …)",
    examples: &[("least(3, 7, 2)", Some("2")), ("least(missing)", None)],
    arguments: (1, MANY),
    call: Call::Values(least),
};

fn least<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let numbers = arguments.iter().filter_map(Value::number);
    numbers
        .min_by(|a, b| a.compare(*b))
        .map_or(Value::Null, Value::from)
}
