use std::collections::BTreeMap;

use super::refusals::invalid;
use crate::endpoint::{Fault, Input};

/// Attributes by the keys of the tables.
type Given = BTreeMap<&'static str, String>;

/// What an attribute's value may be.
#[derive(Clone, Copy, Debug)]
enum Takes {
    Flag,
    /// Only this, for an Application Load Balancer.
    Only(&'static str),
    /// Only this, because nothing here does what other values ask for.
    Here(&'static str),
    Number(u32, u32),
    OneOf(&'static [&'static str]),
    /// A bucket's name, or nothing.
    Bucket,
    /// The beginning of keys, or nothing.
    Prefix,
}

/// Key, value at the beginning, and what it may be.
type Attribute = (&'static str, &'static str, Takes);

/// Every attribute of an Application Load Balancer (the API reference's `LoadBalancerAttribute`).
const ATTRIBUTES: &[Attribute] = &[
    ("access_logs.s3.enabled", "false", Takes::Flag),
    ("access_logs.s3.bucket", "", Takes::Bucket),
    ("access_logs.s3.prefix", "", Takes::Prefix),
    ("connection_logs.s3.enabled", "false", Takes::Flag),
    ("connection_logs.s3.bucket", "", Takes::Bucket),
    ("connection_logs.s3.prefix", "", Takes::Prefix),
    ("health_check_logs.s3.enabled", "false", Takes::Flag),
    ("health_check_logs.s3.bucket", "", Takes::Bucket),
    ("health_check_logs.s3.prefix", "", Takes::Prefix),
    ("deletion_protection.enabled", "false", Takes::Flag),
    (
        "load_balancing.cross_zone.enabled",
        "true",
        Takes::Only("true"),
    ),
    ("ipv6.deny_all_igw_traffic", "false", Takes::Flag),
    ("zonal_shift.config.enabled", "false", Takes::Flag),
    ("idle_timeout.timeout_seconds", "60", Takes::Number(1, 4000)),
    (
        "client_keep_alive.seconds",
        "3600",
        Takes::Number(60, 604_800),
    ),
    (
        "routing.http.desync_mitigation_mode",
        "defensive",
        Takes::OneOf(&["monitor", "defensive", "strictest"]),
    ),
    (
        "routing.http.drop_invalid_header_fields.enabled",
        "false",
        Takes::Flag,
    ),
    (
        "routing.http.preserve_host_header.enabled",
        "false",
        Takes::Flag,
    ),
    (
        "routing.http.x_amzn_tls_version_and_cipher_suite.enabled",
        "false",
        Takes::Flag,
    ),
    ("routing.http.xff_client_port.enabled", "false", Takes::Flag),
    (
        "routing.http.xff_header_processing.mode",
        "append",
        Takes::OneOf(&["append", "preserve", "remove"]),
    ),
    ("routing.http2.enabled", "true", Takes::Flag),
    ("waf.fail_open.enabled", "false", Takes::Flag),
];

/// Every attribute of a target group of addresses and instances behind an Application Load Balancer (the API reference's
/// `TargetGroupAttribute`). What would route otherwise than in turns is refused, because nothing here does.
const GROUP_ATTRIBUTES: &[Attribute] = &[
    (
        "deregistration_delay.timeout_seconds",
        "300",
        Takes::Number(0, 3600),
    ),
    ("stickiness.enabled", "false", Takes::Here("false")),
    ("stickiness.type", "lb_cookie", Takes::OneOf(&["lb_cookie"])),
    (
        "stickiness.lb_cookie.duration_seconds",
        "86400",
        Takes::Number(1, 604_800),
    ),
    (
        "load_balancing.cross_zone.enabled",
        "use_load_balancer_configuration",
        Takes::OneOf(&["true", "false", "use_load_balancer_configuration"]),
    ),
    (
        "load_balancing.algorithm.type",
        "round_robin",
        Takes::Here("round_robin"),
    ),
    (
        "load_balancing.algorithm.anomaly_mitigation",
        "off",
        Takes::Here("off"),
    ),
    ("slow_start.duration_seconds", "0", Takes::Here("0")),
    (
        "target_group_health.dns_failover.minimum_healthy_targets.count",
        "1",
        Takes::Here("1"),
    ),
    (
        "target_group_health.dns_failover.minimum_healthy_targets.percentage",
        "off",
        Takes::Here("off"),
    ),
    (
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
        "1",
        Takes::Here("1"),
    ),
    (
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
        "off",
        Takes::Here("off"),
    ),
];

/// The attributes of a new load balancer.
pub(super) fn defaults() -> BTreeMap<&'static str, String> {
    first_values(ATTRIBUTES)
}

/// The attributes of a new target group.
pub(super) fn group_defaults() -> BTreeMap<&'static str, String> {
    first_values(GROUP_ATTRIBUTES)
}

fn first_values(all: &[Attribute]) -> BTreeMap<&'static str, String> {
    let all = all.iter();
    all.map(|(key, value, _)| (*key, (*value).to_owned()))
        .collect()
}

/// The keys of all attributes.
pub const ATTRIBUTE_KEYS: [&str; ATTRIBUTES.len()] = {
    let mut keys = [""; ATTRIBUTES.len()];
    let mut at = 0;
    while at < keys.len() {
        keys[at] = ATTRIBUTES[at].0;
        at += 1;
    }
    keys
};

/// Why `key` does not take `value`, in the words of the refusal.
pub fn check_attribute(key: &str, value: &str) -> Result<(), String> {
    check(key, value).map(drop).map_err(|fault| fault.message)
}

/// The attributes of a load balancer that a request names, each checked.
pub(super) fn given(input: &Input<'_>) -> Result<Given, Fault> {
    read(input, check)
}

/// The same for a target group.
pub(super) fn given_of_group(input: &Input<'_>) -> Result<Given, Fault> {
    read(input, check_of_group)
}

fn read(
    input: &Input<'_>,
    check: fn(&str, &str) -> Result<&'static str, Fault>,
) -> Result<Given, Fault> {
    let attributes = input.structures("Attributes")?;
    if attributes.is_empty() {
        return Err(input.missing("Attributes"));
    }
    let mut given = BTreeMap::new();
    for attribute in &attributes {
        attribute.only(&["Key", "Value"])?;
        let key = attribute.required_str("Key")?;
        let value = attribute.optional_str("Value")?.unwrap_or_default();
        given.insert(check(key, value)?, value.to_owned());
    }
    Ok(given)
}

/// The key as the table has it, if `value` is one that it takes.
fn check(key: &str, value: &str) -> Result<&'static str, Fault> {
    check_in(ATTRIBUTES, "Load balancer", key, value)
}

fn check_of_group(key: &str, value: &str) -> Result<&'static str, Fault> {
    check_in(GROUP_ATTRIBUTES, "Target group", key, value)
}

fn check_in(
    all: &'static [Attribute],
    what: &str,
    key: &str,
    value: &str,
) -> Result<&'static str, Fault> {
    let Some((known, _, takes)) = all.iter().find(|(known, _, _)| *known == key) else {
        return Err(invalid(format!(
            "{what} attribute key '{key}' is not recognized"
        )));
    };
    if takes.takes(value) {
        return Ok(known);
    }
    let expected = takes.expected();
    Err(invalid(format!(
        "The value '{value}' of the attribute '{key}' is not valid; it must be {expected}"
    )))
}

impl Takes {
    fn takes(self, value: &str) -> bool {
        match self {
            Self::Flag => ["true", "false"].contains(&value),
            Self::Only(only) | Self::Here(only) => value == only,
            Self::Number(least, most) => {
                // As many digits as it has and no sign.
                let is_plain = value.bytes().all(|byte| byte.is_ascii_digit());
                let number = value.parse::<u32>().ok().filter(|_| is_plain);
                number.is_some_and(|number| (least..=most).contains(&number))
            }
            Self::OneOf(allowed) => allowed.contains(&value),
            Self::Bucket => value.is_empty() || crate::endpoint::s3::is_bucket_name(value),
            Self::Prefix => is_prefix(value),
        }
    }

    fn expected(self) -> String {
        match self {
            Self::Flag => "one of 'true', 'false'".to_owned(),
            Self::Only(only) => format!("'{only}' for an Application Load Balancer"),
            Self::Here(only) => {
                format!("'{only}': other values are not supported by this endpoint")
            }
            Self::Number(least, most) => format!("an integer from {least} to {most}"),
            Self::OneOf(allowed) => format!("one of '{}'", allowed.join("', '")),
            Self::Bucket => "the name of a bucket".to_owned(),
            Self::Prefix => "a prefix without 'AWSLogs' and without a slash at its ends".to_owned(),
        }
    }
}

fn is_prefix(value: &str) -> bool {
    !value.contains("AWSLogs")
        && !value.starts_with('/')
        && !value.ends_with('/')
        && value.len() <= 512
        && value.chars().all(|c| c.is_ascii_graphic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_attribute_takes_its_first_value() {
        for (key, value, _) in ATTRIBUTES {
            assert_eq!(check(key, value).unwrap(), *key);
        }
        for (key, value, _) in GROUP_ATTRIBUTES {
            assert_eq!(check_of_group(key, value).unwrap(), *key);
        }
    }

    #[test]
    fn a_target_group_takes_nothing_that_the_local_load_balancer_does_not_do() {
        for (key, value) in [
            ("stickiness.enabled", "true"),
            ("load_balancing.algorithm.type", "weighted_random"),
            ("slow_start.duration_seconds", "30"),
        ] {
            let refused = check_of_group(key, value).unwrap_err().message;
            assert!(
                refused.contains("not supported by this endpoint"),
                "{refused}"
            );
        }
    }

    #[test]
    fn values_outside_of_their_range_are_refused() {
        for (key, value) in [
            ("access_logs.s3.enabled", "yes"),
            ("access_logs.s3.enabled", "True"),
            ("access_logs.s3.bucket", "Upper"),
            ("access_logs.s3.prefix", "a/AWSLogs"),
            ("access_logs.s3.prefix", "/a"),
            ("access_logs.s3.prefix", "a/"),
            ("idle_timeout.timeout_seconds", "0"),
            ("idle_timeout.timeout_seconds", "4001"),
            ("idle_timeout.timeout_seconds", "+60"),
            ("idle_timeout.timeout_seconds", ""),
            ("client_keep_alive.seconds", "59"),
            ("client_keep_alive.seconds", "604801"),
            ("routing.http.desync_mitigation_mode", "lax"),
            ("routing.http.xff_header_processing.mode", "drop"),
            ("load_balancing.cross_zone.enabled", "false"),
            ("routing.http3.enabled", "true"),
        ] {
            assert_eq!(
                check(key, value).unwrap_err().code,
                "ValidationError",
                "{key}={value}"
            );
        }
    }
}
