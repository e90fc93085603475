use super::refusals::check_arn;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteLoadBalancer`, with its listeners: also where there is none; not one that is protected.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteLoadBalancer",
    mutates: true,
    members: &["LoadBalancerArn"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = input.required_str("LoadBalancerArn")?;
    check_arn(arn)?;
    let store = cx.stores.elb.of(cx.region);
    let Some(balancer) = store.balancer(arn) else {
        return Ok(Document::empty());
    };
    if balancer.attribute("deletion_protection.enabled") == "true" {
        let message = format!(
            "Load balancer '{arn}' cannot be deleted because deletion protection is enabled"
        );
        return Err(Fault::new("OperationNotPermitted", message));
    }
    let name = balancer.name.clone();
    store.balancers.remove(&name);
    store
        .listeners
        .retain(|_, listener| listener.balancer != arn);
    cx.account.tags.forget(arn);
    Ok(Document::empty())
}
