use super::show;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListTagsLogGroup`: ListTagsForResource's older form, by name.
pub(super) const OPERATION: Operation = Operation {
    name: "ListTagsLogGroup",
    mutates: false,
    members: &["logGroupName"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = input.required_str("logGroupName")?;
    let arn = cx.account.logs.group(name)?.arn();
    let tags = show::texts(cx.account.tags.of(arn));
    Ok(Document::structure([("tags", tags)]))
}
