use super::{Call, Function};
use crate::insights::RunOptions;
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "queryEndTime",
    aliases: &[],
    summary: "the end of the time range, in epoch milliseconds",
    signature: "queryEndTime()",
    examples: &[("queryEndTime()", Some("1776800000000"))],
    arguments: (0, 0),
    call: Call::Query(query_end_time),
};

fn query_end_time(options: &RunOptions) -> Value<'static> {
    Value::Integer(options.range.end.0)
}
