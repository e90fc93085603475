use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "isempty",
    aliases: &[],
    summary: "1 if the value is missing or empty",
    signature: "isempty(text)",
    examples: &[
        ("isempty(\"\")", Some("1")),
        ("isempty(missing)", Some("1")),
        ("isempty(\" \")", Some("0")),
    ],
    arguments: (1, 1),
    call: Call::Values(isempty),
};

fn isempty<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    Value::boolean(text(arguments, 0).is_none_or(|text| text.is_empty()))
}
