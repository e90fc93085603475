use super::{Call, Function};
use crate::insights::RunOptions;
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "now",
    aliases: &[],
    summary: "the moment the query started, in epoch seconds",
    signature: "now()",
    examples: &[("now()", Some("1776679200"))],
    arguments: (0, 0),
    call: Call::Query(now),
};

fn now(options: &RunOptions) -> Value<'static> {
    Value::Integer(options.now.as_seconds())
}
