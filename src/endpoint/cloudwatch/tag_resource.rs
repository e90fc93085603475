use super::read::invalid_value;
use super::resource;
use crate::endpoint::read_tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `TagResource`: alarms and dashboards; up to 50 tags each.
pub(super) const OPERATION: Operation = Operation {
    name: "TagResource",
    mutates: true,
    members: &["ResourceARN", "Tags"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = resource::read(cx, input)?;
    let tags = read_tags(input, "Tags")?;
    let mut all = cx.account.tags.of(arn);
    all.extend(tags.iter().cloned());
    if all.len() > 50 {
        return Err(invalid_value("A resource can have at most 50 tags."));
    }
    cx.account.tags.add(arn, tags);
    Ok(Document::empty())
}
