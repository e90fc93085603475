use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteLogStream`: the stream with its events.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteLogStream",
    mutates: true,
    members: &["logGroupName", "logStreamName"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = input.required_str("logGroupName")?;
    let stream = input.required_str("logStreamName")?;
    cx.account.logs.delete_stream(group, stream)?;
    Ok(Document::empty())
}
