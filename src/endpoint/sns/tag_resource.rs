use super::tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `TagResource`.
pub(super) const OPERATION: Operation = Operation {
    name: "TagResource",
    mutates: true,
    members: &["ResourceArn", "Tags"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = tags::resource(cx, input)?;
    let tags = tags::read(cx, input, arn)?;
    cx.account.tags.add(arn, tags);
    Ok(Document::empty())
}
