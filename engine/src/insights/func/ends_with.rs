use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "endsWith",
    aliases: &[],
    summary: "1 if the text ends with the other, 0 if not",
    signature: "endsWith(text, part)",
    examples: &[
        ("endsWith(\"Hello\", \"lo\")", Some("1")),
        ("endsWith(\"Hello\", \"x\")", Some("0")),
    ],
    arguments: (2, 2),
    call: Call::Values(ends_with),
};

fn ends_with<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let (Some(text), Some(part)) = (text(arguments, 0), text(arguments, 1)) else {
        return Value::Null;
    };
    Value::boolean(text.ends_with(&*part))
}
