use super::execution::find;
use super::refusals::store;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetQueryExecution`.
pub(super) const OPERATION: Operation = Operation {
    name: "GetQueryExecution",
    mutates: false,
    members: &["QueryExecutionId"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let now = cx.now;
    let execution = find(store(cx), input.required_str("QueryExecutionId")?)?;
    Ok(Document::structure([(
        "QueryExecution",
        execution.show(now),
    )]))
}
