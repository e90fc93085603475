use super::{Call, Function};
use crate::insights::RunOptions;
use crate::insights::value::Value;

pub(super) const FUNCTION: Function = Function {
    name: "queryTimeRange",
    aliases: &[],
    summary: "the length of the time range, in milliseconds",
    signature: "queryTimeRange()",
    examples: &[("queryTimeRange()", Some("200000000"))],
    arguments: (0, 0),
    call: Call::Query(query_time_range),
};

fn query_time_range(options: &RunOptions) -> Value<'static> {
    Value::Integer(options.range.end.0.saturating_sub(options.range.start.0))
}
