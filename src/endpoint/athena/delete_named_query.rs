use super::refusals::{invalid, store};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteNamedQuery`.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteNamedQuery",
    mutates: true,
    members: &["NamedQueryId"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let id = input.required_str("NamedQueryId")?;
    match store(cx).named_queries.remove(id) {
        Some(_) => Ok(Document::empty()),
        None => Err(invalid(format!("NamedQuery {id} was not found"))),
    }
}
