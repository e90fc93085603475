use super::{Call, Function};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "case",
    aliases: &[],
    summary: "the value behind the first true condition, else the last one if it stands alone",
    signature: "case(condition, value, … [, otherwise])",
    examples: &[
        ("case(0, \"a\", 1, \"b\", \"c\")", Some("b")),
        ("case(0, \"a\", \"c\")", Some("c")),
        ("case(0, \"a\")", None),
    ],
    arguments: (2, 21),
    call: Call::Values(case_when),
};

fn case_when<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    for pair in arguments.chunks(2) {
        match pair {
            [condition, value] if condition.is_true() => return value.clone(),
            [otherwise] => return otherwise.clone(),
            _ => {}
        }
    }
    Value::Null
}
