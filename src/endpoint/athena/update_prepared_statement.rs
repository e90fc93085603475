use super::prepared::{LONGEST_QUERY, find, name};
use super::refusals::{optional_text, store, text, workgroup};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `UpdatePreparedStatement`.
pub(super) const OPERATION: Operation = Operation {
    name: "UpdatePreparedStatement",
    mutates: true,
    members: &[
        "StatementName",
        "WorkGroup",
        "QueryStatement",
        "Description",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = name(input)?;
    let group = input.required_str("WorkGroup")?;
    let query = text(input, "QueryStatement", LONGEST_QUERY)?;
    let description = optional_text(input, "Description", 1024)?;
    let now = cx.now;
    let store = store(cx);
    workgroup(store, input)?;
    let found = find(store, group, name)?;
    query.clone_into(&mut found.text);
    found.description = description.map(str::to_owned);
    found.modified = now;
    Ok(Document::empty())
}
