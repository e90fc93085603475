use super::refusals::group;
use super::store::Registration;
use super::targets;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeregisterTargets`: also those that are not registered. A target that was in use is draining for the group's delay, even
/// where no request is under way (user guide, "Deregistration delay").
pub(super) const OPERATION: Operation = Operation {
    name: "DeregisterTargets",
    mutates: true,
    members: &["TargetGroupArn", "Targets"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let now = cx.now;
    let group = group(cx, input)?;
    let named = targets::required(input, group)?;
    let delay = group.attribute("deregistration_delay.timeout_seconds");
    let until = now.plus(delay.parse::<i64>().unwrap_or(0).saturating_mul(1000));
    let arn = group.arn.clone();
    let store = cx.stores.elb.of(cx.region);
    let is_used = !store.users(&arn).is_empty();
    for target in named {
        store
            .reported
            .remove(&(arn.clone(), target.0.clone(), target.1));
        let Some(group) = store.group_mut(&arn) else {
            continue;
        };
        match group.targets.get_mut(&target) {
            Some(Registration::Draining(_)) | None => {}
            Some(registered) if is_used && until > now => {
                *registered = Registration::Draining(until);
            }
            Some(_) => {
                group.targets.remove(&target);
            }
        }
    }
    Ok(Document::empty())
}
