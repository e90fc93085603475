use super::tags;
use crate::endpoint::read_tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `TagResource`: workgroups alone have tags here.
pub(super) const OPERATION: Operation = Operation {
    name: "TagResource",
    mutates: true,
    members: &["ResourceARN", "Tags"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = tags::resource(cx, input)?;
    let tags = read_tags(input, "Tags")?;
    cx.account.tags.add(&arn, tags);
    Ok(Document::empty())
}
