use super::tags;
use crate::endpoint::write_tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListTagsForResource`: all in one page, of which there are never more than 50.
pub(super) const OPERATION: Operation = Operation {
    name: "ListTagsForResource",
    mutates: false,
    members: &["ResourceARN", "NextToken", "MaxResults"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = tags::resource(cx, input)?;
    let tags = write_tags(&cx.account.tags.of(&arn));
    Ok(Document::structure([("Tags", tags)]))
}
