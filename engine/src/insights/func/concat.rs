use super::{Call, Function, MANY};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "concat",
    aliases: &[],
    summary: "joins texts; missing where one of them is",
    signature: "concat(text, …)",
    examples: &[
        ("concat(\"a\", 1, \"b\")", Some("a1b")),
        ("concat(\"a\", missing)", None),
    ],
    arguments: (1, MANY),
    call: Call::Values(concat),
};

fn concat<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let mut all = String::new();
    for argument in arguments {
        match argument.display() {
            Some(text) => all.push_str(&text),
            None => return Value::Null,
        }
    }
    Value::text(all)
}
