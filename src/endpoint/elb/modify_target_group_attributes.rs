use super::attributes;
use super::describe_target_group_attributes::show;
use super::refusals::group;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ModifyTargetGroupAttributes`: all or none of those that are named.
pub(super) const OPERATION: Operation = Operation {
    name: "ModifyTargetGroupAttributes",
    mutates: true,
    members: &["TargetGroupArn", "Attributes"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = group(cx, input)?;
    let changed = attributes::given_of_group(input)?;
    group.attributes.extend(changed);
    Ok(show(group))
}
