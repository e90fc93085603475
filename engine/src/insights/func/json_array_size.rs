use serde::de::IgnoredAny;

use super::{Call, Function, length, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "jsonArraySize",
    aliases: &[],
    summary: "how many elements the JSON array in a text has; missing where the text holds none",
    signature: "jsonArraySize(text)",
    examples: &[
        ("jsonArraySize('[\"a\", 2, {}]')", Some("3")),
        ("jsonArraySize('[]')", Some("0")),
        ("jsonArraySize('{}')", None),
    ],
    arguments: (1, 1),
    call: Call::Values(json_array_size),
};

fn json_array_size<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let elements =
        text(arguments, 0).and_then(|text| serde_json::from_str::<Vec<IgnoredAny>>(&text).ok());
    elements.map_or(Value::Null, |elements| length(elements.len()))
}
