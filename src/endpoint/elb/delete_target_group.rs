use super::refusals::check_arn;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteTargetGroup`: also where there is none; not one to which a listener forwards.
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
    if !store.users(arn).is_empty() {
        let message = format!("Target group '{arn}' is currently in use by a listener or a rule");
        return Err(Fault::new("ResourceInUse", message));
    }
    if let Some(name) = store.group(arn).map(|group| group.name.clone()) {
        store.groups.remove(&name);
        cx.account.tags.forget(arn);
    }
    Ok(Document::empty())
}
