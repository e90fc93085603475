use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "hexToDec",
    aliases: &[],
    summary: "the number that hexadecimal digits spell",
    signature: "hexToDec(text)",
    examples: &[
        ("hexToDec(\"0xff\")", Some("255")),
        ("hexToDec(\"ff\")", Some("255")),
        ("hexToDec(\"g\")", None),
    ],
    arguments: (1, 1),
    call: Call::Values(hex_to_dec),
};

fn hex_to_dec<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let text = text(arguments, 0);
    let number = text.and_then(|text| decode(&text));
    number.map_or(Value::Null, Value::Integer)
}

fn decode(text: &str) -> Option<i64> {
    let digits = text.strip_prefix("0x").unwrap_or(text);
    if digits.starts_with(['+', '-']) {
        return None;
    }
    i64::from_str_radix(digits, 16).ok()
}
