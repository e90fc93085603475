use super::refusals::{store, workgroup};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetWorkGroup`.
pub(super) const OPERATION: Operation = Operation {
    name: "GetWorkGroup",
    mutates: false,
    members: &["WorkGroup"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    input.required_str("WorkGroup")?;
    let workgroup = workgroup(store(cx), input)?;
    Ok(Document::structure([("WorkGroup", workgroup.show())]))
}
