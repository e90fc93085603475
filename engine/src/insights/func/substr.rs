use super::{Call, Function, integer, text};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "substr",
    aliases: &[],
    summary: "a part of the text from a code point on, counted from zero; empty behind the end",
    signature: "substr(text, start[, length])",
    examples: &[
        ("substr(\"xyZfooxyZ\", 3, 3)", Some("foo")),
        ("substr(\"hello\", 2)", Some("llo")),
        ("substr(\"a\", 5)", Some("")),
        ("substr(\"a\", -1)", None),
    ],
    arguments: (2, 3),
    call: Call::Values(substr),
};

fn substr<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let (Some(text), Some(start)) = (text(arguments, 0), count(arguments, 1)) else {
        return Value::Null;
    };
    let rest = text.chars().skip(start);
    if arguments.len() == 2 {
        return Value::text(rest.collect::<String>());
    }
    match count(arguments, 2) {
        Some(length) => Value::text(rest.take(length).collect::<String>()),
        None => Value::Null,
    }
}

fn count(arguments: &[Value<'_>], index: usize) -> Option<usize> {
    usize::try_from(integer(arguments, index)?).ok()
}
