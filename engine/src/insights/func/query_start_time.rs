use super::{Call, Function};
use crate::insights::RunOptions;
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "queryStartTime",
    aliases: &[],
    summary: "the start of the time range, in epoch milliseconds",
    signature: "queryStartTime()",
    examples: &[("queryStartTime()", Some("1776600000000"))],
    arguments: (0, 0),
    call: Call::Query(query_start_time),
};

fn query_start_time(options: &RunOptions) -> Value<'static> {
    Value::Integer(options.range.start.0)
}
