use super::tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `UntagResource`.
pub(super) const OPERATION: Operation = Operation {
    name: "UntagResource",
    mutates: true,
    members: &["ResourceARN", "TagKeys"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = tags::resource(cx, input)?;
    cx.account.tags.remove(&arn, input.strings("TagKeys")?);
    Ok(Document::empty())
}
