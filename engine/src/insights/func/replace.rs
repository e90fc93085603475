use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "replace",
    aliases: &[],
    summary: "replaces every occurrence of one text by another",
    signature: "replace(text, find, replacement)",
    examples: &[
        ("replace(\"a-b-c\", \"-\", \"+\")", Some("a+b+c")),
        ("replace(\"abc\", \"\", \"x\")", Some("abc")),
    ],
    arguments: (3, 3),
    call: Call::Values(replace),
};

fn replace<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let (Some(text), Some(find), Some(replacement)) =
        (text(arguments, 0), text(arguments, 1), text(arguments, 2))
    else {
        return Value::Null;
    };
    if find.is_empty() {
        return Value::text(text);
    }
    Value::text(text.replace(&*find, &replacement))
}
