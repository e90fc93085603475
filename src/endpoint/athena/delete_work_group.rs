use super::refusals::{invalid, store, workgroup};
use super::tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteWorkGroup`: one with named queries, statements or executions only with `RecursiveDeleteOption`.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteWorkGroup",
    mutates: true,
    members: &["WorkGroup", "RecursiveDeleteOption"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = input.required_str("WorkGroup")?;
    let arn = tags::workgroup_arn(cx, name);
    let store = store(cx);
    workgroup(store, input)?;
    if name == "primary" {
        return Err(invalid("WorkGroup primary cannot be deleted"));
    }
    let holds = store
        .named_queries
        .values()
        .any(|query| query.workgroup == name)
        || store
            .prepared
            .keys()
            .any(|(workgroup, _)| workgroup == name)
        || store
            .executions
            .iter()
            .any(|execution| execution.workgroup == name);
    if holds && input.optional_bool("RecursiveDeleteOption")? != Some(true) {
        return Err(invalid(format!("WorkGroup {name} is not empty")));
    }
    store
        .named_queries
        .retain(|_, query| query.workgroup != name);
    store.prepared.retain(|(workgroup, _), _| workgroup != name);
    store
        .executions
        .retain(|execution| execution.workgroup != name);
    store.workgroups.remove(name);
    cx.account.tags.forget(&arn);
    Ok(Document::empty())
}
