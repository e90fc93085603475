use std::collections::BTreeMap;

use super::attributes::group_defaults;
use super::describe_target_groups::show;
use super::refusals::{check_name, invalid, unsupported};
use super::store::{HealthCheck, TargetGroup, id};
use super::tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CreateTargetGroup`: over HTTP and HTTPS, of instances and addresses. The same request again is answered with what it
/// made.
pub(super) const OPERATION: Operation = Operation {
    name: "CreateTargetGroup",
    mutates: true,
    members: &[
        "Name",
        "Protocol",
        "ProtocolVersion",
        "Port",
        "VpcId",
        "TargetType",
        "HealthCheckProtocol",
        "HealthCheckPort",
        "HealthCheckEnabled",
        "HealthCheckPath",
        "HealthCheckIntervalSeconds",
        "HealthCheckTimeoutSeconds",
        "HealthyThresholdCount",
        "UnhealthyThresholdCount",
        "Matcher",
        "Tags",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = input.required_str("Name")?;
    check_name("Target group", name)?;
    let group = read(cx, input, name)?;
    let read_tags = tags::read(input)?;
    let arn = group.arn.clone();
    match cx.stores.elb.of(cx.region).groups.get(name) {
        None => {
            tags::add(cx, &arn, &read_tags)?;
            let store = cx.stores.elb.of(cx.region);
            store.groups.insert(name.to_owned(), group);
        }
        Some(there) => {
            let alike = TargetGroup {
                targets: there.targets.clone(),
                attributes: there.attributes.clone(),
                ..group
            };
            if *there != alike {
                let message = format!(
                    "A target group with the same name '{name}' exists, but with different settings"
                );
                return Err(Fault::new("DuplicateTargetGroupName", message));
            }
        }
    }
    let store = cx.stores.elb.of(cx.region);
    let made = store.group(&arn).map(|group| show(store, group));
    let shown: Vec<Document> = made.into_iter().collect();
    Ok(Document::structure([(
        "TargetGroups",
        Document::List(shown),
    )]))
}

fn read(cx: &Context<'_>, input: &Input<'_>, name: &str) -> Result<TargetGroup, Fault> {
    let protocol =
        protocol(input, "Protocol")?.ok_or_else(|| invalid("A protocol must be specified"))?;
    match input.optional_str("ProtocolVersion")? {
        None | Some("HTTP1") => {}
        Some(other) => return Err(unsupported(&format!("the protocol version '{other}'"))),
    }
    let target_type = match input.optional_str("TargetType")?.unwrap_or("instance") {
        kind @ ("instance" | "ip") => kind.to_owned(),
        other => return Err(unsupported(&format!("the target type '{other}'"))),
    };
    let vpc = input.optional_str("VpcId")?;
    Ok(TargetGroup {
        name: name.to_owned(),
        arn: format!(
            "arn:aws:elasticloadbalancing:{}:{}:targetgroup/{name}/{}",
            cx.region,
            cx.account_id,
            id(name)
        ),
        port: number(input, "Port", 1, 65_535, None)?,
        vpc: vpc
            .ok_or_else(|| invalid("A VPC ID must be specified"))?
            .to_owned(),
        target_type,
        check: health_check(input, default_check(&protocol))?,
        protocol,
        targets: BTreeMap::new(),
        attributes: group_defaults(),
    })
}

/// What requests say of the health check.
pub(super) const CHECK_MEMBERS: [&str; 9] = [
    "HealthCheckProtocol",
    "HealthCheckPort",
    "HealthCheckEnabled",
    "HealthCheckPath",
    "HealthCheckIntervalSeconds",
    "HealthCheckTimeoutSeconds",
    "HealthyThresholdCount",
    "UnhealthyThresholdCount",
    "Matcher",
];

fn default_check(protocol: &str) -> HealthCheck {
    HealthCheck {
        protocol: protocol.to_owned(),
        port: "traffic-port".to_owned(),
        path: "/".to_owned(),
        codes: "200".to_owned(),
        interval: 30,
        timeout: 5,
        healthy: 5,
        unhealthy: 2,
    }
}

/// `before`, with what the request says instead.
pub(super) fn health_check(input: &Input<'_>, before: HealthCheck) -> Result<HealthCheck, Fault> {
    if input.optional_bool("HealthCheckEnabled")? == Some(false) {
        return Err(invalid(
            "Health check enabled must be true for target groups with target type 'instance' and 'ip'",
        ));
    }
    let port = input
        .optional_str("HealthCheckPort")?
        .unwrap_or(&before.port);
    let is_port = matches!(port.parse::<u16>(), Ok(port) if port > 0);
    if port != "traffic-port" && !is_port {
        return Err(invalid(format!(
            "Health check port '{port}' must be 'traffic-port' or in the range 1-65535"
        )));
    }
    let path = input
        .optional_str("HealthCheckPath")?
        .unwrap_or(&before.path);
    if !path.starts_with('/') || path.len() > 1024 {
        return Err(invalid(format!(
            "Health check path '{path}' must begin with a '/' character, and can have 1024 characters"
        )));
    }
    let or_before = |name, least, most, before| number(input, name, least, most, Some(before));
    let interval = or_before("HealthCheckIntervalSeconds", 5, 300, before.interval)?;
    let timeout = or_before("HealthCheckTimeoutSeconds", 2, 120, before.timeout)?;
    if timeout >= interval {
        return Err(invalid(format!(
            "Health check interval must be greater than the timeout: found {interval} and {timeout} seconds"
        )));
    }
    Ok(HealthCheck {
        protocol: protocol(input, "HealthCheckProtocol")?.unwrap_or(before.protocol),
        port: port.to_owned(),
        path: path.to_owned(),
        codes: codes(input)?.unwrap_or(before.codes),
        interval,
        timeout,
        healthy: or_before("HealthyThresholdCount", 2, 10, before.healthy)?,
        unhealthy: or_before("UnhealthyThresholdCount", 2, 10, before.unhealthy)?,
    })
}

fn protocol(input: &Input<'_>, name: &str) -> Result<Option<String>, Fault> {
    match input.optional_str(name)? {
        None => Ok(None),
        Some(protocol @ ("HTTP" | "HTTPS")) => Ok(Some(protocol.to_owned())),
        Some(other) => Err(unsupported(&format!("the protocol '{other}'"))),
    }
}

/// `200`, `200,202`, `200-299`: codes from 200 to 499.
fn codes(input: &Input<'_>) -> Result<Option<String>, Fault> {
    let Some(matcher) = input.structure("Matcher")? else {
        return Ok(None);
    };
    matcher.only(&["HttpCode"])?;
    let codes = matcher.required_str("HttpCode")?;
    let is_code = |text: &str| matches!(text.parse::<u16>(), Ok(200..=499)) && text.len() == 3;
    let is_good = codes.split(',').all(|part| match part.split_once('-') {
        Some((first, last)) => is_code(first) && is_code(last) && first <= last,
        None => is_code(part),
    });
    if is_good {
        return Ok(Some(codes.to_owned()));
    }
    Err(invalid(format!(
        "Health check matcher HTTP code '{codes}' must be within '200-499' inclusive"
    )))
}

fn number(
    input: &Input<'_>,
    name: &str,
    least: i64,
    most: i64,
    default: Option<i64>,
) -> Result<i64, Fault> {
    let value = input.optional_i64(name)?.or(default);
    let value = value.ok_or_else(|| invalid(format!("A value of {name} must be specified")))?;
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    let constraint = format!("Member must have value between {least} and {most}");
    Err(input.constraint(name, &value.to_string(), &constraint))
}
