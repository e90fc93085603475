use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "ltrim",
    aliases: &[],
    summary: "takes white space, or any of the characters given, off at the start",
    signature: "ltrim(text[, characters])",
    examples: &[
        ("ltrim(\"xyZxyfooxyZ\", \"xyZ\")", Some("fooxyZ")),
        ("ltrim(\"  hi \")", Some("hi ")),
    ],
    arguments: (1, 2),
    call: Call::Values(ltrim),
};

fn ltrim<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let Some(trimmed) = text(arguments, 0) else {
        return Value::Null;
    };
    if arguments.len() == 1 {
        return Value::text(trimmed.trim_start());
    }
    match text(arguments, 1) {
        Some(set) => Value::text(trimmed.trim_start_matches(|c| set.contains(c))),
        None => Value::Null,
    }
}
