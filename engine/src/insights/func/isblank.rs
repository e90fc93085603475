use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "isblank",
    aliases: &[],
    summary: "1 if the value is missing, empty or only white space",
    signature: "isblank(text)",
    examples: &[
        ("isblank(\"  \")", Some("1")),
        ("isblank(missing)", Some("1")),
        ("isblank(\"a\")", Some("0")),
    ],
    arguments: (1, 1),
    call: Call::Values(isblank),
};

fn isblank<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    Value::boolean(text(arguments, 0).is_none_or(|text| text.trim().is_empty()))
}
