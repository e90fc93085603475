use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "trim",
    aliases: &[],
    summary: "takes white space, or any of the characters given, off at both ends",
    signature: "trim(text[, characters])",
    examples: &[
        ("trim(\"xyZxyfooxyxyZ\", \"xyZ\")", Some("foo")),
        ("trim(\"  hi \")", Some("hi")),
    ],
    arguments: (1, 2),
    call: Call::Values(trim),
};

fn trim<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let Some(trimmed) = text(arguments, 0) else {
        return Value::Null;
    };
    if arguments.len() == 1 {
        return Value::text(trimmed.trim());
    }
    match text(arguments, 1) {
        Some(set) => Value::text(trimmed.trim_matches(|c| set.contains(c))),
        None => Value::Null,
    }
}
