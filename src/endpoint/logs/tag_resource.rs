use super::fault::not_found;
use super::read;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `TagResource`: adds tags to a log group, the only kind of resource that has tags here.
pub(super) const OPERATION: Operation = Operation {
    name: "TagResource",
    mutates: true,
    members: &["resourceArn", "tags"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = resource(cx, input)?;
    add(cx, &arn, read::tags(input)?)
}

/// Adds tags to those that are there; together they are at most 50.
pub(super) fn add(
    cx: &mut Context<'_>,
    arn: &str,
    tags: Vec<(String, String)>,
) -> Result<Document, Fault> {
    let mut all = cx.account.tags.of(arn);
    all.extend(tags.iter().cloned());
    if all.len() > 50 {
        return Err(Fault::new(
            "TooManyTagsException",
            "A resource can have no more than 50 tags.",
        ));
    }
    cx.account.tags.add(arn, tags);
    Ok(Document::empty())
}

/// The ARN, without a trailing `:*`, of the existing log group that `resourceArn` names.
pub(super) fn resource(cx: &Context<'_>, input: &Input<'_>) -> Result<String, Fault> {
    let arn = read::required_text(input, "resourceArn", 1..=1011)?;
    let name = read::group_of_arn(cx, arn).ok_or_else(|| not_found("resource"))?;
    Ok(cx.account.logs.group(name)?.arn().to_owned())
}
