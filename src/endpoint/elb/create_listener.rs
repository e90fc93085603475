use super::listeners::{answer, check_groups, forward, port, show};
use super::refusals::{balancer, invalid};
use super::store::{Listener, id};
use super::tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CreateListener`: over HTTP, whose default action forwards to target groups by weight.
pub(super) const OPERATION: Operation = Operation {
    name: "CreateListener",
    mutates: true,
    members: &[
        "LoadBalancerArn",
        "Protocol",
        "Port",
        "DefaultActions",
        "Tags",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let balancer = balancer(cx, input)?.clone();
    let forward = forward(input)?;
    let read_tags = tags::read(input)?;
    let store = cx.stores.elb.of(cx.region);
    check_groups(store, &balancer.arn, &forward)?;
    if input.optional_str("Protocol")?.is_none() {
        return Err(invalid("A listener protocol must be specified"));
    }
    let port = port(store, input, &balancer.arn, None)?
        .ok_or_else(|| invalid("A listener port must be specified"))?;
    let name = balancer.full_name();
    let listener = Listener {
        arn: format!(
            "arn:aws:elasticloadbalancing:{}:{}:listener/{name}/{}",
            cx.region,
            cx.account_id,
            id(&format!("{name}:{port}"))
        ),
        balancer: balancer.arn.clone(),
        port,
        forward,
    };
    tags::add(cx, &listener.arn, &read_tags)?;
    let shown = show(&listener);
    let store = cx.stores.elb.of(cx.region);
    store.listeners.insert(listener.arn.clone(), listener);
    Ok(answer(vec![shown]))
}
