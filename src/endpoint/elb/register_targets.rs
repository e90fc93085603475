use super::refusals::group;
use super::store::Registration;
use super::targets;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `RegisterTargets`. One that is draining is registered anew.
pub(super) const OPERATION: Operation = Operation {
    name: "RegisterTargets",
    mutates: true,
    members: &["TargetGroupArn", "Targets"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = group(cx, input)?;
    for target in targets::required(input, group)? {
        group.targets.insert(target, Registration::Registered);
    }
    Ok(Document::empty())
}
