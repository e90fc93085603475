use sha2::{Digest, Sha256};

use super::arguments::hex;
use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "sha256",
    aliases: &[],
    summary: "the SHA-256 digest of the UTF-8 text, in lower-case hexadecimal digits",
    signature: "sha256(text)",
    examples: &[
        (
            "sha256(\"hello\")",
            Some("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"),
        ),
        ("sha256(missing)", None),
    ],
    arguments: (1, 1),
    call: Call::Values(sha256),
};

fn sha256<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let text = text(arguments, 0);
    text.map_or(Value::Null, |text| {
        Value::text(hex(&Sha256::digest(text.as_bytes())))
    })
}
