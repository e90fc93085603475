use super::{Call, Function, length, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "messageSize",
    aliases: &[],
    summary: "the number of bytes in UTF-8",
    signature: "messageSize(text)",
    examples: &[("messageSize(\"é\")", Some("2"))],
    arguments: (1, 1),
    call: Call::Values(message_size),
};

fn message_size<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    text(arguments, 0).map_or(Value::Null, |text| length(text.len()))
}
