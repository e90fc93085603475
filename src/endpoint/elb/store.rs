use std::collections::BTreeMap;

use belfry_engine::base::Millis;

use crate::endpoint::protocol::payload::sha256;

/// Load balancers and target groups of one region, by name.
#[derive(Clone, Debug, Default)]
pub struct ElbStore {
    pub(super) balancers: BTreeMap<String, LoadBalancer>,
    pub(super) groups: BTreeMap<String, TargetGroup>,
}

/// An Application Load Balancer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LoadBalancer {
    pub(super) name: String,
    pub(super) arn: String,
    pub(super) created: Millis,
    pub(super) scheme: String,
    pub(super) ip_address_type: String,
    pub(super) subnets: Vec<String>,
    pub(super) security_groups: Vec<String>,
    /// By key, every one of them.
    pub(super) attributes: BTreeMap<&'static str, String>,
}

/// A target group.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TargetGroup {
    pub(super) name: String,
    pub(super) arn: String,
    pub(super) protocol: String,
    pub(super) port: i64,
    pub(super) vpc: String,
    pub(super) target_type: String,
    pub(super) check: HealthCheck,
    /// By id and port.
    pub(super) targets: BTreeMap<(String, i64), ()>,
}

/// How targets are checked.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct HealthCheck {
    pub(super) protocol: String,
    pub(super) port: String,
    pub(super) path: String,
    pub(super) codes: String,
    pub(super) interval: i64,
    pub(super) timeout: i64,
    pub(super) healthy: i64,
    pub(super) unhealthy: i64,
}

impl ElbStore {
    pub(super) fn balancer(&self, arn: &str) -> Option<&LoadBalancer> {
        self.balancers.values().find(|balancer| balancer.arn == arn)
    }

    pub(super) fn group(&self, arn: &str) -> Option<&TargetGroup> {
        self.groups.values().find(|group| group.arn == arn)
    }

    pub(super) fn group_mut(&mut self, arn: &str) -> Option<&mut TargetGroup> {
        self.groups.values_mut().find(|group| group.arn == arn)
    }
}

impl LoadBalancer {
    /// The value of an attribute.
    pub(super) fn attribute(&self, key: &str) -> &str {
        self.attributes.get(key).map_or("", String::as_str)
    }

    /// `app/name/id`
    pub(super) fn full_name(&self) -> &str {
        let (_, name) = self.arn.split_once(":loadbalancer/").unwrap_or_default();
        name
    }
}

/// The id of what is called `name`: the first 16 hexadecimal digits of its SHA-256. AWS draws ids; here a suite can name
/// them before anything is made.
pub(super) fn id(name: &str) -> String {
    sha256(name.as_bytes()).chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The variables of the fraud suite's local environment name these.
    #[test]
    fn ids_come_from_names() {
        assert_eq!(id("fraud-detection-alb").len(), 16);
        assert_ne!(id("fraud-detection-blue"), id("fraud-detection-green"));
    }
}
