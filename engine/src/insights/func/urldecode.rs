use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "urldecode",
    aliases: &[],
    summary: "undoes percent-coding; `+` becomes a space",
    signature: "urldecode(text)",
    examples: &[
        ("urldecode(\"a%20b+c%2F\")", Some("a b c/")),
        ("urldecode(\"%zz\")", None),
    ],
    arguments: (1, 1),
    call: Call::Values(urldecode),
};

fn urldecode<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    text(arguments, 0).map_or(Value::Null, |text| {
        decode(&text).map_or(Value::Null, Value::text)
    })
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => digit(bytes.next()?)? * 16 + digit(bytes.next()?)?,
            other => other,
        });
    }
    String::from_utf8(decoded).ok()
}

fn digit(byte: u8) -> Option<u8> {
    let digit = char::from(byte).to_digit(16)?;
    u8::try_from(digit).ok()
}
