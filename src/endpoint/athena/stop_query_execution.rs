use std::sync::atomic::Ordering;

use super::execution::{Ending, find_mut};
use super::refusals::store;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `StopQueryExecution`: what runs is cancelled, what has ended stays as it ended.
pub(super) const OPERATION: Operation = Operation {
    name: "StopQueryExecution",
    mutates: true,
    members: &["QueryExecutionId"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let now = cx.now;
    let execution = find_mut(store(cx), input.required_str("QueryExecutionId")?)?;
    if execution.ending.is_none() {
        execution.progress.is_stopped.store(true, Ordering::Relaxed);
        execution.end(Ending::Cancelled("Query cancelled by user".to_owned()), now);
    }
    Ok(Document::empty())
}
