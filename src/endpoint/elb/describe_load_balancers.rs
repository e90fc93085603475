use super::refusals::{invalid, no_balancers};
use super::store::LoadBalancer;
use crate::endpoint::{Context, Document, Fault, Input, Operation, Page};

/// `DescribeLoadBalancers`: those that are named, or all of the region.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeLoadBalancers",
    mutates: false,
    members: &["LoadBalancerArns", "Names", "Marker", "PageSize"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let (arns, names) = (input.strings("LoadBalancerArns")?, input.strings("Names")?);
    if !arns.is_empty() && !names.is_empty() {
        let message =
            "Load balancer names and load balancer ARNs cannot be specified at the same time";
        return Err(invalid(message));
    }
    let store = cx.stores.elb.of(cx.region);
    let missing_name = names
        .iter()
        .find(|name| !store.balancers.contains_key(**name));
    let missing_arn = arns.iter().find(|arn| store.balancer(arn).is_none());
    if let Some(missing) = missing_name.or(missing_arn) {
        return Err(no_balancers(&[missing]));
    }
    let is_wanted = |balancer: &&LoadBalancer| {
        (names.is_empty() && arns.is_empty())
            || names.contains(&balancer.name.as_str())
            || arns.contains(&balancer.arn.as_str())
    };
    let found = store.balancers.values().filter(is_wanted);
    let found = found.map(|balancer| (balancer.arn.clone(), show(cx.region, balancer)));
    let page = page(input, found.collect())?;
    Ok(Document::structure([
        ("LoadBalancers", Document::List(page.items)),
        ("NextMarker", page.next.into()),
    ]))
}

/// A page of up to 400.
pub(super) fn page(
    input: &Input<'_>,
    all: Vec<(String, Document)>,
) -> Result<Page<Document>, Fault> {
    let size = input.optional_i64("PageSize")?.unwrap_or(400);
    if !(1..=400).contains(&size) {
        let constraint = "Member must have value between 1 and 400";
        return Err(input.constraint("PageSize", &size.to_string(), constraint));
    }
    let size = usize::try_from(size).unwrap_or(400);
    Page::of(all, input.optional_str("Marker")?, size).ok_or_else(|| invalid("Invalid marker"))
}

pub(super) fn show(region: &str, balancer: &LoadBalancer) -> Document {
    let zones = balancer.subnets.iter().zip("abcdefghij".chars());
    let zones = zones.map(|(subnet, letter)| {
        Document::structure([
            ("ZoneName", Document::from(format!("{region}{letter}"))),
            ("SubnetId", subnet.into()),
        ])
    });
    let id = balancer.arn.rsplit('/').next().unwrap_or_default();
    Document::structure([
        ("LoadBalancerArn", Document::from(&balancer.arn)),
        (
            "DNSName",
            format!("{}-{id}.{region}.elb.amazonaws.com", balancer.name).into(),
        ),
        ("CanonicalHostedZoneId", "Z35SXDOTRQ7X7K".into()),
        ("CreatedTime", balancer.created.into()),
        ("LoadBalancerName", (&balancer.name).into()),
        ("Scheme", (&balancer.scheme).into()),
        ("VpcId", "vpc-00000000000000000".into()),
        ("State", Document::structure([("Code", "active".into())])),
        ("Type", "application".into()),
        ("AvailabilityZones", Document::List(zones.collect())),
        ("SecurityGroups", Document::list(&balancer.security_groups)),
        ("IpAddressType", (&balancer.ip_address_type).into()),
    ])
}
