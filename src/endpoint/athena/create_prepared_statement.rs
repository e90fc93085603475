use super::prepared::{LONGEST_QUERY, PreparedStatement, name};
use super::refusals::{invalid, optional_text, store, text, workgroup};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CreatePreparedStatement`.
pub(super) const OPERATION: Operation = Operation {
    name: "CreatePreparedStatement",
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
    input.required_str("WorkGroup")?;
    let query = text(input, "QueryStatement", LONGEST_QUERY)?;
    let description = optional_text(input, "Description", 1024)?;
    let now = cx.now;
    let store = store(cx);
    let workgroup = workgroup(store, input)?.name.clone();
    let key = (workgroup.clone(), name.to_owned());
    if store.prepared.contains_key(&key) {
        let message = format!("PreparedStatement {name} already exists in WorkGroup {workgroup}");
        return Err(invalid(message));
    }
    let made = PreparedStatement {
        name: name.to_owned(),
        workgroup,
        text: query.to_owned(),
        description: description.map(str::to_owned),
        modified: now,
    };
    store.prepared.insert(key, made);
    Ok(Document::empty())
}
