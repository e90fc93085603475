use super::refusals::check_arn;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteTargetGroup`: also where there is none.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteTargetGroup",
    mutates: true,
    members: &["TargetGroupArn"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = input.required_str("TargetGroupArn")?;
    check_arn(arn)?;
    let store = cx.stores.elb.of(cx.region);
    if let Some(name) = store.group(arn).map(|group| group.name.clone()) {
        store.groups.remove(&name);
        cx.account.tags.forget(arn);
    }
    Ok(Document::empty())
}
