use super::prepared::{find, name};
use super::refusals::{store, workgroup};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeletePreparedStatement`.
pub(super) const OPERATION: Operation = Operation {
    name: "DeletePreparedStatement",
    mutates: true,
    members: &["StatementName", "WorkGroup"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = name(input)?;
    let group = input.required_str("WorkGroup")?;
    let store = store(cx);
    workgroup(store, input)?;
    find(store, group, name)?;
    store.prepared.remove(&(group.to_owned(), name.to_owned()));
    Ok(Document::empty())
}
