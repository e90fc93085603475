use super::execution::find;
use super::refusals::store;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `StopQueryExecution`: what has ended stays as it ended.
pub(super) const OPERATION: Operation = Operation {
    name: "StopQueryExecution",
    mutates: true,
    members: &["QueryExecutionId"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    find(store(cx), input.required_str("QueryExecutionId")?)?;
    Ok(Document::empty())
}
