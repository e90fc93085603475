use super::refusals::group;
use super::targets;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeregisterTargets`: also those that are not registered.
pub(super) const OPERATION: Operation = Operation {
    name: "DeregisterTargets",
    mutates: true,
    members: &["TargetGroupArn", "Targets"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = group(cx, input)?;
    for target in targets::required(input, group)? {
        group.targets.remove(&target);
    }
    Ok(Document::empty())
}
