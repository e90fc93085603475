use super::{Call, Function};
use crate::insights::value::{Number, Value};

pub(super) const FUNCTION: Function = Function {
    name: "toLong",
    aliases: &[],
    summary: "the whole number towards zero, if it fits 64 bits",
    signature: "toLong(value)",
    examples: &[
        ("toLong(\"42\")", Some("42")),
        ("toLong(-2.9)", Some("-2")),
        ("toLong(1e30)", None),
    ],
    arguments: (1, 1),
    call: Call::Values(to_long),
};

fn to_long<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let whole = arguments.first().and_then(Value::number);
    match whole.and_then(Number::truncate) {
        Some(whole) => Value::Integer(whole),
        None => Value::Null,
    }
}
