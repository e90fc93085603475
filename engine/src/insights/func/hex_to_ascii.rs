use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "hexToAscii",
    aliases: &[],
    summary: "the text whose bytes are written in hexadecimal",
    signature: "hexToAscii(text)",
    examples: &[
        ("hexToAscii(\"48656c6c6f\")", Some("Hello")),
        ("hexToAscii(\"4\")", None),
    ],
    arguments: (1, 1),
    call: Call::Values(hex_to_ascii),
};

fn hex_to_ascii<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let text = text(arguments, 0);
    let decoded = text.and_then(|text| decode(text.strip_prefix("0x").unwrap_or(&text)));
    decoded.map_or(Value::Null, Value::text)
}

fn decode(hex: &str) -> Option<String> {
    let digits: Option<Vec<u32>> = hex.chars().map(|c| c.to_digit(16)).collect();
    let digits = digits?;
    let pairs = digits.chunks(2).map(|pair| match *pair {
        [high, low] => u8::try_from(high * 16 + low).ok(),
        _ => None,
    });
    String::from_utf8(pairs.collect::<Option<Vec<u8>>>()?).ok()
}
