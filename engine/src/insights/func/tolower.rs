use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "tolower",
    aliases: &[],
    summary: "the text in small letters",
    signature: "tolower(text)",
    examples: &[("tolower(\"ABC\")", Some("abc"))],
    arguments: (1, 1),
    call: Call::Values(tolower),
};

fn tolower<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    text(arguments, 0).map_or(Value::Null, |text| Value::text(text.to_lowercase()))
}
