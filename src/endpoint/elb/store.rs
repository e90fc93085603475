use std::collections::BTreeMap;

use belfry_engine::base::Millis;

use crate::endpoint::protocol::payload::sha256;

/// Load balancers and target groups of one region, by name.
#[derive(Clone, Debug, Default)]
pub struct ElbStore {
    pub(super) balancers: BTreeMap<String, LoadBalancer>,
    pub(super) groups: BTreeMap<String, TargetGroup>,
    /// By ARN.
    pub(super) listeners: BTreeMap<String, Listener>,
    /// What a load balancer of this process says of targets, by group, id and port. It is not kept: whoever plays the load
    /// balancer next says it anew.
    pub(super) reported: BTreeMap<(String, String, i64), TargetState>,
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
    pub(super) targets: BTreeMap<(String, i64), Registration>,
    /// By key, every one of them.
    pub(super) attributes: BTreeMap<&'static str, String>,
}

/// A target of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Registration {
    /// Requests go to it when it is healthy.
    Registered,
    /// Deregistered; until this moment it is draining.
    Draining(Millis),
}

/// A listener, whose one rule forwards.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Listener {
    pub(super) arn: String,
    /// The load balancer's ARN.
    pub(super) balancer: String,
    pub(super) port: i64,
    /// Target groups by ARN with their weights, in the order in which they were named.
    pub(super) forward: Vec<(String, i64)>,
}

/// What is known of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TargetState {
    /// `healthy`, `unhealthy`, `initial`.
    pub state: &'static str,
    /// The reason's code, and the status that it names; none where the target is healthy.
    pub reason: Option<(&'static str, Option<u16>)>,
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

    /// The load balancers whose listeners forward to a group: one, or none.
    pub(super) fn users(&self, group: &str) -> Vec<&str> {
        let listeners = self.listeners.values();
        let using = listeners.filter(|listener| listener.forwards_to(group));
        let mut users: Vec<&str> = using.map(|listener| listener.balancer.as_str()).collect();
        users.dedup();
        users
    }

    pub(super) fn group_mut(&mut self, arn: &str) -> Option<&mut TargetGroup> {
        self.groups.values_mut().find(|group| group.arn == arn)
    }
}

impl Listener {
    pub(super) fn forwards_to(&self, group: &str) -> bool {
        self.forward.iter().any(|(arn, _)| arn == group)
    }
}

impl TargetGroup {
    /// Targets that are registered, in order.
    pub(super) fn registered(&self) -> impl Iterator<Item = &(String, i64)> {
        let targets = self.targets.iter();
        let registered = targets.filter(|(_, now)| **now == Registration::Registered);
        registered.map(|(target, _)| target)
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, key: &str) -> &str {
        self.attributes.get(key).map_or("", String::as_str)
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
