use super::{Call, Function};
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "unmask",
    aliases: &[],
    summary: "the value without a data protection policy's mask; nothing is masked locally",
    signature: "unmask(value)",
    examples: &[("unmask(\"a\")", Some("a")), ("unmask(missing)", None)],
    arguments: (1, 1),
    call: Call::Values(unmask),
};

fn unmask<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    arguments.first().cloned().unwrap_or(Value::Null)
}
