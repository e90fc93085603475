use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "startsWith",
    aliases: &[],
    summary: "1 if the text starts with the other, 0 if not",
    signature: "startsWith(text, part)",
    examples: &[
        ("startsWith(\"Hello\", \"He\")", Some("1")),
        ("startsWith(\"Hello\", \"lo\")", Some("0")),
    ],
    arguments: (2, 2),
    call: Call::Values(starts_with),
};

fn starts_with<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let (Some(text), Some(part)) = (text(arguments, 0), text(arguments, 1)) else {
        return Value::Null;
    };
    Value::boolean(text.starts_with(&*part))
}
