use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "base64encode",
    aliases: &[],
    summary: "the UTF-8 bytes of the text in Base64, with padding",
    signature: "base64encode(text)",
    examples: &[
        ("base64encode(\"hello\")", Some("aGVsbG8=")),
        ("base64encode(missing)", None),
    ],
    arguments: (1, 1),
    call: Call::Values(base64encode),
};

fn base64encode<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let text = text(arguments, 0);
    text.map_or(Value::Null, |text| Value::text(STANDARD.encode(&*text)))
}
