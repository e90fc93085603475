use super::{Call, Function};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "toMillis",
    aliases: &[],
    summary: "the epoch milliseconds of a moment",
    signature: "toMillis(moment)",
    examples: &[("toMillis(@timestamp)", Some("1776679200000"))],
    arguments: (1, 1),
    call: Call::Values(to_millis),
};

fn to_millis<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    match arguments.first() {
        Some(Value::Timestamp(at)) => Value::Integer(at.0),
        Some(Value::Text(_)) | None => Value::Null,
        Some(number) => number.number().map_or(Value::Null, Value::from),
    }
}
