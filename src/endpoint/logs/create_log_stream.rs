use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CreateLogStream`: an empty stream.
pub(super) const OPERATION: Operation = Operation {
    name: "CreateLogStream",
    mutates: true,
    members: &["logGroupName", "logStreamName"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = input.required_str("logGroupName")?;
    let stream = input.required_str("logStreamName")?;
    cx.account.logs.create_stream(group, stream, cx.now)?;
    Ok(Document::empty())
}
