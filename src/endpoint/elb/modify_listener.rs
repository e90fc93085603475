use super::listeners::{answer, check_groups, forward, no_listener, port, show};
use super::refusals::check_arn;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ModifyListener`: its port, and where it forwards to. Weights shift requests from group to group at once.
pub(super) const OPERATION: Operation = Operation {
    name: "ModifyListener",
    mutates: true,
    members: &["ListenerArn", "Port", "Protocol", "DefaultActions"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = input.required_str("ListenerArn")?;
    check_arn(arn)?;
    let store = cx.stores.elb.of(cx.region);
    let found = store.listeners.get(arn).cloned();
    let mut listener = found.ok_or_else(|| no_listener(arn))?;
    if let Some(port) = port(store, input, &listener.balancer, Some(arn))? {
        listener.port = port;
    }
    if input.has("DefaultActions") {
        let forward = forward(input)?;
        check_groups(store, &listener.balancer, &forward)?;
        listener.forward = forward;
    }
    let shown = show(&listener);
    store.listeners.insert(arn.to_owned(), listener);
    Ok(answer(vec![shown]))
}
