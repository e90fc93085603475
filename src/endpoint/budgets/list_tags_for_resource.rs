use super::tags;
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
    let arn = tags::resource(cx, input)?;
    let tags = cx.stores.budgets.tags.get(arn).cloned().unwrap_or_default();
    Ok(Document::structure([("ResourceTags", write_tags(&tags))]))
}
