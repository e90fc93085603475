use super::tag_resource::resource;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `UntagResource`: takes tags from a log group; unknown keys do not matter.
pub(super) const OPERATION: Operation = Operation {
    name: "UntagResource",
    mutates: true,
    members: &["resourceArn", "tagKeys"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = resource(cx, input)?;
    let keys = input.strings("tagKeys")?;
    cx.account.tags.remove(&arn, keys);
    Ok(Document::empty())
}
