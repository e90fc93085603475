use super::tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `AddTags`: to load balancers and target groups.
pub(super) const OPERATION: Operation = Operation {
    name: "AddTags",
    mutates: true,
    members: &["ResourceArns", "Tags"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arns = tags::resources(cx, input)?;
    let read = tags::read(input)?;
    if read.is_empty() {
        return Err(input.missing("Tags"));
    }
    for arn in arns {
        tags::add(cx, arn, &read)?;
    }
    Ok(Document::empty())
}
