use super::tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `RemoveTags`; keys that are not there do not matter.
pub(super) const OPERATION: Operation = Operation {
    name: "RemoveTags",
    mutates: true,
    members: &["ResourceArns", "TagKeys"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arns = tags::resources(cx, input)?;
    let keys = input.strings("TagKeys")?;
    if keys.is_empty() {
        return Err(input.missing("TagKeys"));
    }
    for arn in arns {
        cx.account.tags.remove(arn, keys.iter().copied());
    }
    Ok(Document::empty())
}
