use super::tags;
use crate::endpoint::write_tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListTagsForResource`.
pub(super) const OPERATION: Operation = Operation {
    name: "ListTagsForResource",
    mutates: false,
    members: &["ResourceArn"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = tags::resource(cx, input)?;
    Ok(Document::structure([(
        "Tags",
        write_tags(&cx.account.tags.of(arn)),
    )]))
}
