use super::{Call, Function};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "if",
    aliases: &[],
    summary: "one value if the condition is true, another if not",
    signature: "if(condition, then, otherwise)",
    examples: &[
        ("if(1 > 0, \"yes\", \"no\")", Some("yes")),
        ("if(missing > 0, \"yes\", \"no\")", Some("no")),
    ],
    arguments: (3, 3),
    call: Call::Values(if_then),
};

fn if_then<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    match arguments {
        [condition, then, _] if condition.is_true() => then.clone(),
        [_, _, otherwise] => otherwise.clone(),
        _ => Value::Null,
    }
}
