use super::tags;
use crate::endpoint::read_tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `TagResource`: of budgets.
pub(super) const OPERATION: Operation = Operation {
    name: "TagResource",
    mutates: true,
    members: &["ResourceARN", "ResourceTags"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = tags::resource(cx, input)?;
    let tags = read_tags(input, "ResourceTags")?;
    cx.stores
        .budgets
        .tags
        .entry(arn.to_owned())
        .or_default()
        .extend(tags);
    Ok(Document::empty())
}
