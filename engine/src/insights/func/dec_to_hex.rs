use super::{Call, Function, integer};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "decToHex",
    aliases: &[],
    summary: "a number in hexadecimal; its fraction is dropped",
    signature: "decToHex(number)",
    examples: &[
        ("decToHex(255)", Some("0xff")),
        ("decToHex(-255)", Some("-0xff")),
        ("decToHex(15.9)", Some("0xf")),
    ],
    arguments: (1, 1),
    call: Call::Values(dec_to_hex),
};

fn dec_to_hex<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let Some(number) = integer(arguments, 0) else {
        return Value::Null;
    };
    let sign = if number < 0 { "-" } else { "" };
    Value::text(format!("{sign}0x{:x}", number.unsigned_abs()))
}
