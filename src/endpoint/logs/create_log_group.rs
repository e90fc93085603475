use super::fault::unsupported;
use super::read;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CreateLogGroup`: a group that keeps its events for ever.
pub(super) const OPERATION: Operation = Operation {
    name: "CreateLogGroup",
    mutates: true,
    members: &[
        "logGroupName",
        "tags",
        "logGroupClass",
        "deletionProtectionEnabled",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = input.required_str("logGroupName")?;
    let tags = read::tags(input)?;
    let class = read::log_group_class(input)?.unwrap_or_default();
    if input.optional_bool("deletionProtectionEnabled")? == Some(true) {
        return Err(unsupported("deletionProtectionEnabled", "true", "false"));
    }
    let group = cx.account.logs.create_group_of(name, class, cx.now)?;
    let arn = group.arn().to_owned();
    cx.account.tags.add(&arn, tags);
    Ok(Document::empty())
}
