use super::show;
use super::tag_resource::resource;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListTagsForResource`: the tags of a log group.
pub(super) const OPERATION: Operation = Operation {
    name: "ListTagsForResource",
    mutates: false,
    members: &["resourceArn"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = resource(cx, input)?;
    let tags = show::texts(cx.account.tags.of(&arn));
    Ok(Document::structure([("tags", tags)]))
}
