use super::{Call, Function, length, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "strlen",
    aliases: &[],
    summary: "the number of Unicode code points",
    signature: "strlen(text)",
    examples: &[
        ("strlen(\"héllo😀\")", Some("6")),
        ("strlen(missing)", None),
    ],
    arguments: (1, 1),
    call: Call::Values(strlen),
};

fn strlen<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    text(arguments, 0).map_or(Value::Null, |text| length(text.chars().count()))
}
