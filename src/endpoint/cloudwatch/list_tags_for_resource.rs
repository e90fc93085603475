use super::resource;
use crate::endpoint::write_tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListTagsForResource`.
pub(super) const OPERATION: Operation = Operation {
    name: "ListTagsForResource",
    mutates: false,
    members: &["ResourceARN"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = resource::read(cx, input)?;
    Ok(Document::structure([(
        "Tags",
        write_tags(&cx.account.tags.of(arn)),
    )]))
}
