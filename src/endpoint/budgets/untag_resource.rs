use super::tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `UntagResource`.
pub(super) const OPERATION: Operation = Operation {
    name: "UntagResource",
    mutates: true,
    members: &["ResourceARN", "ResourceTagKeys"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = tags::resource(cx, input)?;
    let keys = input.strings("ResourceTagKeys")?;
    if let Some(tags) = cx.stores.budgets.tags.get_mut(arn) {
        tags.retain(|key, _| !keys.contains(&key.as_str()));
    }
    Ok(Document::empty())
}
