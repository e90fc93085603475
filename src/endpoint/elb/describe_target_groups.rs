use super::describe_load_balancers::page;
use super::refusals::{invalid, no_balancers, no_groups};
use super::store::{ElbStore, TargetGroup};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeTargetGroups`: those that are named, those to which a load balancer's listeners forward, or all of the region.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeTargetGroups",
    mutates: false,
    members: &[
        "LoadBalancerArn",
        "TargetGroupArns",
        "Names",
        "Marker",
        "PageSize",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let (arns, names) = (input.strings("TargetGroupArns")?, input.strings("Names")?);
    let balancer = input.optional_str("LoadBalancerArn")?;
    let ways = [!arns.is_empty(), !names.is_empty(), balancer.is_some()];
    if ways.iter().filter(|is_there| **is_there).count() > 1 {
        let message = "Target group names, target group ARNs and a load balancer ARN cannot be specified at the same time";
        return Err(invalid(message));
    }
    let store = cx.stores.elb.of(cx.region);
    if let Some(arn) = balancer {
        store.balancer(arn).ok_or_else(|| no_balancers(&[arn]))?;
    }
    let has_name = |name: &&str| store.groups.contains_key(*name);
    if !names.iter().all(has_name) || arns.iter().any(|arn| store.group(arn).is_none()) {
        return Err(no_groups());
    }
    let is_wanted = |group: &&TargetGroup| match balancer {
        Some(balancer) => store.users(&group.arn).contains(&balancer),
        None if names.is_empty() && arns.is_empty() => true,
        None => names.contains(&group.name.as_str()) || arns.contains(&group.arn.as_str()),
    };
    let found = store.groups.values().filter(is_wanted);
    let found = found.map(|group| (group.arn.clone(), show(store, group)));
    let page = page(input, found.collect())?;
    Ok(Document::structure([
        ("TargetGroups", Document::List(page.items)),
        ("NextMarker", page.next.into()),
    ]))
}

pub(super) fn show(store: &ElbStore, group: &TargetGroup) -> Document {
    let check = &group.check;
    Document::structure([
        ("TargetGroupArn", Document::from(&group.arn)),
        ("TargetGroupName", (&group.name).into()),
        ("Protocol", (&group.protocol).into()),
        ("Port", group.port.into()),
        ("VpcId", (&group.vpc).into()),
        ("HealthCheckProtocol", (&check.protocol).into()),
        ("HealthCheckPort", (&check.port).into()),
        ("HealthCheckEnabled", true.into()),
        ("HealthCheckIntervalSeconds", check.interval.into()),
        ("HealthCheckTimeoutSeconds", check.timeout.into()),
        ("HealthyThresholdCount", check.healthy.into()),
        ("UnhealthyThresholdCount", check.unhealthy.into()),
        ("HealthCheckPath", (&check.path).into()),
        (
            "Matcher",
            Document::structure([("HttpCode", (&check.codes).into())]),
        ),
        ("LoadBalancerArns", Document::list(store.users(&group.arn))),
        ("TargetType", (&group.target_type).into()),
        ("ProtocolVersion", "HTTP1".into()),
        ("IpAddressType", "ipv4".into()),
    ])
}
