use md5::{Digest, Md5};

use super::arguments::hex;
use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "md5",
    aliases: &[],
    summary: "the MD5 digest of the UTF-8 text, in lower-case hexadecimal digits",
    signature: "md5(text)",
    examples: &[
        ("md5(\"hello\")", Some("5d41402abc4b2a76b9719d911017c592")),
        ("md5(missing)", None),
    ],
    arguments: (1, 1),
    call: Call::Values(md5),
};

fn md5<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let text = text(arguments, 0);
    text.map_or(Value::Null, |text| {
        Value::text(hex(&Md5::digest(text.as_bytes())))
    })
}
