use belfry_engine::account::QueryStatus;

use super::fault::not_found;
use super::read;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `StopQuery`: ends a running query; one that has ended is an error.
pub(super) const OPERATION: Operation = Operation {
    name: "StopQuery",
    mutates: false,
    members: &["queryId"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let id = read::required_text(input, "queryId", 1..=256)?;
    let query = cx
        .account
        .queries
        .get(id)
        .ok_or_else(|| not_found("query"))?;
    let status = query.status();
    if status != QueryStatus::Running {
        return Err(input.invalid(format!(
            "the specified query is not running: its status is {}",
            status.name()
        )));
    }
    cx.account.queries.stop(id);
    Ok(Document::structure([("success", true.into())]))
}
