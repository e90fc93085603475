use super::fault::unsupported;
use super::read;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CreateLogGroup`: a group of class STANDARD that keeps its events for ever.
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
    read::log_group_class(input)?;
    if input.optional_bool("deletionProtectionEnabled")? == Some(true) {
        return Err(unsupported("deletionProtectionEnabled", "true", "false"));
    }
    let arn = cx.account.logs.create_group(name, cx.now)?.arn().to_owned();
    cx.account.tags.add(&arn, tags);
    Ok(Document::empty())
}
