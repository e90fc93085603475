use super::read;
use super::tag_resource::add;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `TagLogGroup`: TagResource's older form, by name.
pub(super) const OPERATION: Operation = Operation {
    name: "TagLogGroup",
    mutates: true,
    members: &["logGroupName", "tags"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = input.required_str("logGroupName")?;
    let tags = read::tags(input)?;
    let arn = cx.account.logs.group(name)?.arn().to_owned();
    add(cx, &arn, tags)
}
