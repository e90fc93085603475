use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `UntagLogGroup`: UntagResource's older form, by name.
pub(super) const OPERATION: Operation = Operation {
    name: "UntagLogGroup",
    mutates: true,
    members: &["logGroupName", "tags"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = input.required_str("logGroupName")?;
    let keys = input.strings("tags")?;
    let arn = cx.account.logs.group(name)?.arn().to_owned();
    cx.account.tags.remove(&arn, keys);
    Ok(Document::empty())
}
