use super::refusals::balancer;
use super::store::LoadBalancer;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeLoadBalancerAttributes`: all of them.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeLoadBalancerAttributes",
    mutates: false,
    members: &["LoadBalancerArn"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    Ok(show(balancer(cx, input)?))
}

pub(super) fn show(balancer: &LoadBalancer) -> Document {
    let attributes = balancer.attributes.iter().map(|(key, value)| {
        Document::structure([("Key", Document::from(*key)), ("Value", value.into())])
    });
    Document::structure([("Attributes", Document::List(attributes.collect()))])
}
