use super::create_target_group::{CHECK_MEMBERS, health_check};
use super::describe_target_groups::show;
use super::refusals::{group, unsupported};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ModifyTargetGroup`: its health check; what is left out stays.
pub(super) const OPERATION: Operation = Operation {
    name: "ModifyTargetGroup",
    mutates: true,
    members: &[
        "TargetGroupArn",
        CHECK_MEMBERS[0],
        CHECK_MEMBERS[1],
        CHECK_MEMBERS[2],
        CHECK_MEMBERS[3],
        CHECK_MEMBERS[4],
        CHECK_MEMBERS[5],
        CHECK_MEMBERS[6],
        CHECK_MEMBERS[7],
        CHECK_MEMBERS[8],
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = group(cx, input)?;
    let check = health_check(input, group.check.clone())?;
    let arn = group.arn.clone();
    let store = cx.stores.elb.of(cx.region);
    if check.protocol != "HTTP" && !store.users(&arn).is_empty() {
        return Err(unsupported("a health check over HTTPS behind a listener"));
    }
    if let Some(group) = store.group_mut(&arn) {
        group.check = check;
    }
    let changed = store.group(&arn).map(|group| show(store, group));
    let changed = Document::List(changed.into_iter().collect());
    Ok(Document::structure([("TargetGroups", changed)]))
}
