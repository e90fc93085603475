use super::{Call, Function, integer};
use crate::base::Millis;
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "fromMillis",
    aliases: &[],
    summary: "the moment of epoch milliseconds",
    signature: "fromMillis(number)",
    examples: &[("fromMillis(1642195111000)", Some("2022-01-14 21:18:31.000"))],
    arguments: (1, 1),
    call: Call::Values(from_millis),
};

fn from_millis<'a>(arguments: &[Value<'a>]) -> Value<'a> {
    integer(arguments, 0).map_or(Value::Null, |number| Value::Timestamp(Millis(number)))
}
