use super::prepared::{find, name};
use super::refusals::{store, workgroup};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetPreparedStatement`.
pub(super) const OPERATION: Operation = Operation {
    name: "GetPreparedStatement",
    mutates: false,
    members: &["StatementName", "WorkGroup"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = name(input)?;
    let group = input.required_str("WorkGroup")?;
    let store = store(cx);
    workgroup(store, input)?;
    let found = find(store, group, name)?;
    Ok(Document::structure([("PreparedStatement", found.show())]))
}
