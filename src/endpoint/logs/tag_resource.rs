use super::fault::not_found;
use super::{lookup_tables, read};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `TagResource`: adds tags to a log group or a lookup table.
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

/// The ARN, without a trailing `:*`, of the existing log group or lookup table that `resourceArn` names.
pub(super) fn resource(cx: &Context<'_>, input: &Input<'_>) -> Result<String, Fault> {
    let arn = read::required_text(input, "resourceArn", 1..=1011)?;
    let table = arn.strip_prefix(lookup_tables::arn(cx, "").as_str());
    if table.is_some_and(|name| cx.account.lookup_tables.get(name).is_some()) {
        return Ok(arn.to_owned());
    }
    let name = read::group_of_arn(cx, arn).ok_or_else(|| not_found("resource"))?;
    Ok(cx.account.logs.group(name)?.arn().to_owned())
}
