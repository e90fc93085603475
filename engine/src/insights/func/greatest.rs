use super::{Call, Function, MANY};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "greatest",
    aliases: &[],
    summary: "the largest of the numbers; missing ones do not count",
    signature: "greatest(number, …)",
    examples: &[
        ("greatest(3, 7, 2)", Some("7")),
        ("greatest(missing, 1)", Some("1")),
    ],
    arguments: (1, MANY),
    call: Call::Values(greatest),
};

fn greatest<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let numbers = arguments.iter().filter_map(Value::number);
    numbers
        .max_by(|a, b| a.compare(*b))
        .map_or(Value::Null, Value::from)
}
