use super::describe_load_balancers::page;
use super::listeners::{no_listener, show};
use super::refusals::{check_arn, invalid, no_balancers};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeListeners`: those that are named, or those of a load balancer.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeListeners",
    mutates: false,
    members: &["LoadBalancerArn", "ListenerArns", "Marker", "PageSize"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arns = input.strings("ListenerArns")?;
    let balancer = input.optional_str("LoadBalancerArn")?;
    if arns.is_empty() == balancer.is_none() {
        let message = "You must specify either listener ARNs or a load balancer ARN";
        return Err(invalid(message));
    }
    let store = cx.stores.elb.of(cx.region);
    if let Some(arn) = balancer {
        check_arn(arn)?;
        store.balancer(arn).ok_or_else(|| no_balancers(&[arn]))?;
    }
    let missing = arns.iter().find(|arn| !store.listeners.contains_key(**arn));
    if let Some(missing) = missing {
        return Err(no_listener(missing));
    }
    let found = store.listeners.values().filter(|listener| {
        balancer == Some(listener.balancer.as_str()) || arns.contains(&listener.arn.as_str())
    });
    let found = found.map(|listener| (listener.arn.clone(), show(listener)));
    let page = page(input, found.collect())?;
    Ok(Document::structure([
        ("Listeners", Document::List(page.items)),
        ("NextMarker", page.next.into()),
    ]))
}
