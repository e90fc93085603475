use super::execution::find;
use super::refusals::store;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `BatchGetQueryExecution`: up to 50; what is not there is named.
pub(super) const OPERATION: Operation = Operation {
    name: "BatchGetQueryExecution",
    mutates: false,
    members: &["QueryExecutionIds"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let ids = input.strings("QueryExecutionIds")?;
    if !(1..=50).contains(&ids.len()) {
        let limit = "Member must have length between 1 and 50";
        return Err(input.constraint("QueryExecutionIds", &format!("{ids:?}"), limit));
    }
    let now = cx.now;
    let store = store(cx);
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for id in ids {
        match find(store, id) {
            Ok(execution) => found.push(execution.show(now)),
            Err(_) => missing.push(Document::structure([
                ("QueryExecutionId", Document::from(id)),
                ("ErrorCode", "INVALID_QUERY_EXECUTION_ID".into()),
                (
                    "ErrorMessage",
                    format!("QueryExecution {id} was not found").into(),
                ),
            ])),
        }
    }
    Ok(Document::structure([
        ("QueryExecutions", Document::List(found)),
        ("UnprocessedQueryExecutionIds", Document::List(missing)),
    ]))
}
