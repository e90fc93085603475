use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "urlencode",
    aliases: &[],
    summary: "percent-codes all but letters, digits and `-_.~`; a space becomes `%20`",
    signature: "urlencode(text)",
    examples: &[("urlencode(\"a b/ü\")", Some("a%20b%2F%C3%BC"))],
    arguments: (1, 1),
    call: Call::Values(urlencode),
};

fn urlencode<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    text(arguments, 0).map_or(Value::Null, |text| Value::text(encode(&text)))
}

fn encode(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let digits = [byte >> 4, byte & 15].map(|digit| HEX[usize::from(digit)]);
            encoded.push('%');
            encoded.extend(digits.map(char::from));
        }
    }
    encoded
}
