use serde_json::value::RawValue;

use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "jsonArrayContains",
    aliases: &[],
    summary: "whether the JSON array in a text holds a value; letter case counts, and numbers are compared by their text",
    signature: "jsonArrayContains(text, value)",
    examples: &[
        ("jsonArrayContains('[\"admin\", 2]', \"admin\")", Some("1")),
        ("jsonArrayContains('[\"admin\", 2]', \"Admin\")", Some("0")),
        ("jsonArrayContains('[\"admin\", 2]', 2)", Some("1")),
        ("jsonArrayContains('no array', \"a\")", Some("0")),
    ],
    arguments: (2, 2),
    call: Call::Values(json_array_contains),
};

fn json_array_contains<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    Value::boolean(contains(arguments).unwrap_or(false))
}

fn contains(arguments: &[Value<'_>]) -> Option<bool> {
    let array = text(arguments, 0)?;
    let wanted = text(arguments, 1)?;
    let elements: Vec<&RawValue> = serde_json::from_str(&array).ok()?;
    Some(elements.iter().any(|element| is_text(element, &wanted)))
}

/// Whether an element is a string of that text, or is written as that text.
fn is_text(element: &RawValue, wanted: &str) -> bool {
    match serde_json::from_str::<String>(element.get()) {
        Ok(string) => string == wanted,
        Err(_) => element.get() == wanted,
    }
}
