use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "base64decode",
    aliases: &[],
    summary: "undoes Base64; missing where the text is none, or decodes to no UTF-8",
    signature: "base64decode(text)",
    examples: &[
        ("base64decode(\"aGVsbG8=\")", Some("hello")),
        ("base64decode(\"a\")", None),
    ],
    arguments: (1, 1),
    call: Call::Values(base64decode),
};

fn base64decode<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let decoded = text(arguments, 0).and_then(|text| STANDARD.decode(&*text).ok());
    let text = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
    text.map_or(Value::Null, Value::text)
}
