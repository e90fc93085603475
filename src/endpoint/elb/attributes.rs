use std::collections::BTreeMap;

use super::refusals::invalid;
use crate::endpoint::Fault;

/// What an attribute's value may be.
#[derive(Clone, Copy, Debug)]
enum Takes {
    Flag,
    /// Only this, for an Application Load Balancer.
    Only(&'static str),
    Number(u32, u32),
    OneOf(&'static [&'static str]),
    /// A bucket's name, or nothing.
    Bucket,
    /// The beginning of keys, or nothing.
    Prefix,
}

/// Every attribute of an Application Load Balancer: key, value at the beginning, and what it may be (the API reference's
/// `LoadBalancerAttribute`).
const ATTRIBUTES: &[(&str, &str, Takes)] = &[
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

/// The attributes of a new load balancer.
pub(super) fn defaults() -> BTreeMap<&'static str, String> {
    let all = ATTRIBUTES.iter();
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

/// The key as the table has it, if `value` is one that it takes.
pub(super) fn check(key: &str, value: &str) -> Result<&'static str, Fault> {
    let Some((known, _, takes)) = ATTRIBUTES.iter().find(|(known, _, _)| *known == key) else {
        return Err(invalid(format!(
            "Load balancer attribute key '{key}' is not recognized"
        )));
    };
    let expected = match takes {
        Takes::Flag if ["true", "false"].contains(&value) => return Ok(known),
        Takes::Flag => "one of 'true', 'false'".to_owned(),
        Takes::Only(only) if value == *only => return Ok(known),
        Takes::Only(only) => format!("'{only}' for an Application Load Balancer"),
        Takes::Number(least, most) => {
            // As many digits as it has and no sign.
            let read = value
                .bytes()
                .all(|b| b.is_ascii_digit())
                .then(|| value.parse::<u32>());
            if matches!(read, Some(Ok(number)) if (*least..=*most).contains(&number)) {
                return Ok(known);
            }
            format!("an integer from {least} to {most}")
        }
        Takes::OneOf(allowed) if allowed.contains(&value) => return Ok(known),
        Takes::OneOf(allowed) => format!("one of '{}'", allowed.join("', '")),
        Takes::Bucket if value.is_empty() || crate::endpoint::s3::is_bucket_name(value) => {
            return Ok(known);
        }
        Takes::Bucket => "the name of a bucket".to_owned(),
        Takes::Prefix if is_prefix(value) => return Ok(known),
        Takes::Prefix => "a prefix without 'AWSLogs' and without a slash at its ends".to_owned(),
    };
    Err(invalid(format!(
        "The value '{value}' of the attribute '{key}' is not valid; it must be {expected}"
    )))
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
