use super::{Call, Function};
use crate::insights::value::{Number, Value};

pub(super) const FUNCTION: Function = Function {
    name: "toInt",
    aliases: &[],
    summary: "the whole number towards zero, if it fits 32 bits",
    signature: "toInt(value)",
    examples: &[
        ("toInt(\"42\")", Some("42")),
        ("toInt(-2.9)", Some("-2")),
        ("toInt(1e30)", None),
    ],
    arguments: (1, 1),
    call: Call::Values(to_int),
};

fn to_int<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let whole = arguments.first().and_then(Value::number);
    match whole
        .and_then(Number::truncate)
        .filter(|&whole| i32::try_from(whole).is_ok())
    {
        Some(whole) => Value::Integer(whole),
        None => Value::Null,
    }
}
