use super::{Call, Function};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "ispresent",
    aliases: &[],
    summary: "1 if the value is there, even if empty",
    signature: "ispresent(value)",
    examples: &[
        ("ispresent(1)", Some("1")),
        ("ispresent(\"\")", Some("1")),
        ("ispresent(missing)", Some("0")),
    ],
    arguments: (1, 1),
    call: Call::Values(ispresent),
};

fn ispresent<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    Value::boolean(arguments.first().is_some_and(|value| !value.is_null()))
}
