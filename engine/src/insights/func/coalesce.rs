use super::{Call, Function, MANY};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "coalesce",
    aliases: &[],
    summary: "the first value that is there",
    signature: "coalesce(value, …)",
    examples: &[
        ("coalesce(missing, \"b\", \"c\")", Some("b")),
        ("coalesce(missing)", None),
    ],
    arguments: (1, MANY),
    call: Call::Values(coalesce),
};

fn coalesce<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    let present = arguments.iter().find(|value| !value.is_null());
    present.cloned().unwrap_or(Value::Null)
}
