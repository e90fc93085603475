use super::attributes;
use super::describe_load_balancers::show;
use super::refusals::{check_name, invalid, unsupported};
use super::store::{LoadBalancer, id};
use super::tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CreateLoadBalancer`: Application Load Balancers. There are no networks here: any subnets and security groups are
/// taken. The same request again is answered with what it made.
pub(super) const OPERATION: Operation = Operation {
    name: "CreateLoadBalancer",
    mutates: true,
    members: &[
        "Name",
        "Subnets",
        "SecurityGroups",
        "Scheme",
        "Type",
        "IpAddressType",
        "Tags",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = input.required_str("Name")?;
    check_name("The load balancer", name)?;
    match input.optional_str("Type")? {
        None | Some("application") => {}
        Some(other) => return Err(unsupported(&format!("the load balancer type '{other}'"))),
    }
    let balancer = read(cx, input, name)?;
    let read_tags = tags::read(input)?;
    let arn = balancer.arn.clone();
    match cx.stores.elb.of(cx.region).balancers.get(name) {
        None => {
            tags::add(cx, &arn, &read_tags)?;
            let store = cx.stores.elb.of(cx.region);
            store.balancers.insert(name.to_owned(), balancer);
        }
        Some(there) => {
            let alike = LoadBalancer {
                created: there.created,
                attributes: there.attributes.clone(),
                ..balancer
            };
            if *there != alike {
                let message = format!(
                    "A load balancer with the same name '{name}' exists, but with different settings"
                );
                return Err(Fault::new("DuplicateLoadBalancerName", message));
            }
        }
    }
    let made = cx.stores.elb.of(cx.region).balancer(&arn);
    let shown: Vec<Document> = made.map(|made| show(cx.region, made)).into_iter().collect();
    Ok(Document::structure([(
        "LoadBalancers",
        Document::List(shown),
    )]))
}

fn read(cx: &Context<'_>, input: &Input<'_>, name: &str) -> Result<LoadBalancer, Fault> {
    let subnets = owned(&input.strings("Subnets")?);
    if subnets.len() < 2 {
        let message = "At least two subnets in two different Availability Zones must be specified";
        return Err(invalid(message));
    }
    Ok(LoadBalancer {
        name: name.to_owned(),
        arn: format!(
            "arn:aws:elasticloadbalancing:{}:{}:loadbalancer/app/{name}/{}",
            cx.region,
            cx.account_id,
            id(name)
        ),
        created: cx.now,
        scheme: one_of(input, "Scheme", &["internet-facing", "internal"])?,
        ip_address_type: one_of(
            input,
            "IpAddressType",
            &["ipv4", "dualstack", "dualstack-without-public-ipv4"],
        )?,
        subnets,
        security_groups: owned(&input.strings("SecurityGroups")?),
        attributes: attributes::defaults(),
    })
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// One of `allowed`, the first where nothing is said.
fn one_of(input: &Input<'_>, name: &str, allowed: &[&str]) -> Result<String, Fault> {
    let value = input.optional_str(name)?;
    let value = value.or(allowed.first().copied()).unwrap_or_default();
    if allowed.contains(&value) {
        return Ok(value.to_owned());
    }
    let constraint = format!(
        "Member must satisfy enum value set: [{}]",
        allowed.join(", ")
    );
    Err(input.constraint(name, value, &constraint))
}
