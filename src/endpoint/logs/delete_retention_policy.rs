use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteRetentionPolicy`: the group keeps its events for ever.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteRetentionPolicy",
    mutates: true,
    members: &["logGroupName"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = input.required_str("logGroupName")?;
    cx.account.logs.set_retention(name, None)?;
    Ok(Document::empty())
}
