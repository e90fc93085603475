use super::refusals::{invalid, store};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetNamedQuery`.
pub(super) const OPERATION: Operation = Operation {
    name: "GetNamedQuery",
    mutates: false,
    members: &["NamedQueryId"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let id = input.required_str("NamedQueryId")?;
    let found = store(cx).named_queries.get(id);
    let query = found.ok_or_else(|| invalid(format!("NamedQuery {id} was not found")))?;
    Ok(Document::structure([("NamedQuery", query.show())]))
}
