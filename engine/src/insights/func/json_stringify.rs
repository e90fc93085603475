use super::{Call, Function};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "jsonStringify",
    aliases: &[],
    summary: "a map or list as compact JSON text; missing for anything else",
    signature: "jsonStringify(structure)",
    examples: &[
        (
            "strlen(jsonStringify(jsonParse(\"[ 1, null ]\")))",
            Some("8"),
        ),
        ("jsonStringify(\"[1]\")", None),
    ],
    arguments: (1, 1),
    call: Call::Values(json_stringify),
};

fn json_stringify<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    match arguments.first() {
        Some(Value::Structure(structure)) => Value::text(structure.to_string()),
        _ => Value::Null,
    }
}
