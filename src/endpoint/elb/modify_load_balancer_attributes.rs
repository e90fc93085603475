use super::describe_load_balancer_attributes::show;
use super::log_delivery::{KINDS, check};
use super::refusals::balancer;
use super::{attributes, log_delivery};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ModifyLoadBalancerAttributes`: all or none of those that are named. Where it turns logs on, or points them elsewhere,
/// the bucket must let them in, and a test object is written.
pub(super) const OPERATION: Operation = Operation {
    name: "ModifyLoadBalancerAttributes",
    mutates: true,
    members: &["LoadBalancerArn", "Attributes"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let balancer = balancer(cx, input)?.clone();
    let changed = attributes::given(input)?;
    let mut after = balancer.clone();
    after.attributes.extend(changed);
    for kind in KINDS {
        let is_same = kind
            .attributes()
            .iter()
            .all(|key| balancer.attribute(key) == after.attribute(key));
        if is_same || after.attribute(&kind.enabled()) != "true" {
            continue;
        }
        let delivery = check(cx, &after, kind)?;
        log_delivery::write_test_object(cx, &after, kind, &delivery)?;
    }
    let answer = show(&after);
    let store = cx.stores.elb.of(cx.region);
    store.balancers.insert(after.name.clone(), after);
    Ok(answer)
}
