use super::listeners::no_listener;
use super::refusals::check_arn;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteListener`.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteListener",
    mutates: true,
    members: &["ListenerArn"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = input.required_str("ListenerArn")?;
    check_arn(arn)?;
    let store = cx.stores.elb.of(cx.region);
    let gone = store.listeners.remove(arn);
    gone.ok_or_else(|| no_listener(arn))?;
    cx.account.tags.forget(arn);
    Ok(Document::empty())
}
