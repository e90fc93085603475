use super::{Call, Function, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "rtrim",
    aliases: &[],
    summary: "takes white space, or any of the characters given, off at the end",
    signature: "rtrim(text[, characters])",
    examples: &[
        ("rtrim(\"xyZfooxyxyZ\", \"xyZ\")", Some("xyZfoo")),
        ("rtrim(\" hi  \")", Some(" hi")),
    ],
    arguments: (1, 2),
    call: Call::Values(rtrim),
};

fn rtrim<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let Some(trimmed) = text(arguments, 0) else {
        return Value::Null;
    };
    if arguments.len() == 1 {
        return Value::text(trimmed.trim_end());
    }
    match text(arguments, 1) {
        Some(set) => Value::text(trimmed.trim_end_matches(|c| set.contains(c))),
        None => Value::Null,
    }
}
