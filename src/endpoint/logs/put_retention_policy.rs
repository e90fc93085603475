use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `PutRetentionPolicy`: how many days a group keeps its events.
pub(super) const OPERATION: Operation = Operation {
    name: "PutRetentionPolicy",
    mutates: true,
    members: &["logGroupName", "retentionInDays"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = input.required_str("logGroupName")?;
    let days = input.required_i64("retentionInDays")?;
    cx.account.logs.set_retention(name, Some(days))?;
    Ok(Document::empty())
}
