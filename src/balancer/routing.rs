use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;

use super::health::{Failure, Health, TargetHealth};
use super::settings::GroupSettings;

/// The names of a target group.
#[derive(Debug, PartialEq, Eq)]
pub struct GroupName {
    /// `fraud-detection-blue`.
    pub name: String,
    /// As log lines name it.
    pub arn: String,
    /// As dimensions name it: `targetgroup/fraud-detection-blue/ID`.
    pub dimension: String,
}

/// A target group with the health of its targets.
pub type GroupTargets = (Arc<GroupName>, Vec<(SocketAddr, TargetHealth)>);

/// Where a request goes.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The group that was chosen by weight.
    pub group: Arc<GroupName>,
    /// The target; none where the group has no target.
    pub target: Option<SocketAddr>,
    /// Whether the target is unhealthy, as are all others.
    pub is_fail_open: bool,
    /// Turns true when the target was deregistered and its time is over.
    pub gone: Option<watch::Receiver<bool>>,
}

/// A target of a group.
#[derive(Debug)]
struct Target {
    address: SocketAddr,
    health: TargetHealth,
    gone: watch::Sender<bool>,
}

/// The target groups of the default rule, their weights and the health of their targets.
#[derive(Debug)]
pub struct Routing(Vec<Group>);

#[derive(Debug)]
struct Group {
    settings: GroupSettings,
    name: Arc<GroupName>,
    /// What is owed to it: weights add up here, and a turn costs the sum of all weights.
    credit: i64,
    turns: usize,
    targets: Vec<Target>,
}

impl Group {
    fn new(settings: GroupSettings) -> Self {
        let dimension = settings.arn.rsplit(':').next().unwrap_or_default();
        let name = GroupName {
            name: settings.name.clone(),
            dimension: dimension.to_owned(),
            arn: settings.arn.clone(),
        };
        Self {
            settings,
            name: Arc::new(name),
            credit: 0,
            turns: 0,
            targets: Vec::new(),
        }
    }
}

impl Routing {
    /// Groups without targets.
    pub fn new(groups: Vec<GroupSettings>) -> Self {
        Self(groups.into_iter().map(Group::new).collect())
    }

    /// The group and target of the next request: groups in proportion to their weights and evenly mixed, healthy
    /// targets of the group in turn, all of its targets in turn where none is healthy. None where no group has a weight.
    pub fn choose(&mut self) -> Option<Choice> {
        let group = self.next_group()?;
        let is_healthy = |target: &&Target| target.health.health == Health::Healthy;
        let healthy: Vec<_> = group.targets.iter().filter(is_healthy).collect();
        let is_fail_open = healthy.is_empty();
        let among = if is_fail_open {
            group.targets.iter().collect()
        } else {
            healthy
        };
        let target = match among.len() {
            0 => None,
            count => among.get(group.turns % count).copied(),
        };
        let choice = Choice {
            group: Arc::clone(&group.name),
            is_fail_open: is_fail_open && target.is_some(),
            gone: target.map(|target| target.gone.subscribe()),
            target: target.map(|target| target.address),
        };
        group.turns = group.turns.wrapping_add(1);
        Some(choice)
    }

    fn next_group(&mut self) -> Option<&mut Group> {
        let weights = self.0.iter().map(|group| i64::from(group.settings.weight));
        let sum: i64 = weights.sum();
        for group in &mut self.0 {
            group.credit += i64::from(group.settings.weight);
        }
        let weighed = self.0.iter_mut().filter(|group| group.settings.weight > 0);
        // Of equals the first: `max_by_key` would take the last.
        let next = weighed.rev().max_by_key(|group| group.credit)?;
        next.credit -= sum;
        Some(next)
    }

    /// The groups, in their order.
    pub fn groups(&self) -> impl Iterator<Item = &GroupSettings> {
        self.0.iter().map(|group| &group.settings)
    }

    /// Every group's names with the health of its targets.
    pub fn targets(&self) -> Vec<GroupTargets> {
        let groups = self.0.iter();
        let targets = groups.map(|group| {
            let targets = group.targets.iter();
            let targets = targets.map(|target| (target.address, target.health));
            (Arc::clone(&group.name), targets.collect())
        });
        targets.collect()
    }

    /// Takes these groups in place of those that were; groups that stay keep their targets.
    pub fn set_groups(&mut self, groups: Vec<GroupSettings>) {
        let mut before = std::mem::take(&mut self.0);
        for settings in groups {
            let same = before
                .iter()
                .position(|group| group.settings.arn == settings.arn);
            let mut group = match same {
                Some(same) => before.swap_remove(same),
                None => Group::new(settings.clone()),
            };
            // What was owed under other weights is forgotten.
            if group.settings.weight != settings.weight {
                group.credit = 0;
            }
            group.settings = settings;
            self.0.push(group);
        }
    }

    /// Puts a target into a group; one that is there stays as it is.
    pub fn register(&mut self, group: &str, target: SocketAddr) {
        if let Some(group) = self.group(group)
            && group.targets.iter().all(|known| known.address != target)
        {
            group.targets.push(Target {
                address: target,
                health: TargetHealth::default(),
                gone: watch::Sender::new(false),
            });
        }
    }

    /// Takes a target out of a group. Gives by which its requests are told that their time is over, and when that is.
    pub fn deregister(
        &mut self,
        group: &str,
        target: SocketAddr,
    ) -> Option<(watch::Sender<bool>, Duration)> {
        let group = self.group(group)?;
        let mut targets = group.targets.iter();
        let place = targets.position(|known| known.address == target)?;
        let gone = group.targets.remove(place).gone;
        Some((gone, group.settings.deregistration_delay))
    }

    /// Shifts requests from group to group.
    pub fn set_weight(&mut self, group: &str, weight: u32) {
        if let Some(group) = self.group(group) {
            group.settings.weight = weight;
        }
        // What was owed under the old weights is forgotten.
        for group in &mut self.0 {
            group.credit = 0;
        }
    }

    /// Takes the result of a health check; gives the target's new health where it changed.
    pub fn record(
        &mut self,
        group: &str,
        target: SocketAddr,
        failure: Option<Failure>,
    ) -> Option<TargetHealth> {
        let group = self.group(group)?;
        let mut targets = group.targets.iter_mut();
        let known = targets.find(|known| known.address == target)?;
        let has_changed = known.health.record(failure, &group.settings.check);
        has_changed.then_some(known.health)
    }

    fn group(&mut self, name: &str) -> Option<&mut Group> {
        self.0.iter_mut().find(|group| group.settings.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::balancer::settings::HealthCheck;

    fn group(name: &str, weight: u32) -> GroupSettings {
        GroupSettings {
            name: name.to_owned(),
            arn: format!("arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/{name}/0f"),
            weight,
            deregistration_delay: Duration::from_secs(300),
            check: HealthCheck {
                port: None,
                path: "/".into(),
                interval: Duration::from_secs(1),
                timeout: Duration::from_secs(1),
                healthy_threshold: 2,
                unhealthy_threshold: 1,
                matcher: "200".parse().unwrap(),
            },
        }
    }

    fn address(port: u16) -> SocketAddr {
        SocketAddr::from(([127, 0, 0, 1], port))
    }

    fn ports(routing: &mut Routing, count: usize) -> Vec<u16> {
        let choices = (0..count).filter_map(|_| routing.choose());
        choices
            .filter_map(|choice| Some(choice.target?.port()))
            .collect()
    }

    #[test]
    fn healthy_targets_take_turns() {
        let mut routing = Routing::new(vec![group("blue", 1)]);
        for port in [1, 2, 3] {
            routing.register("blue", address(port));
            routing.record("blue", address(port), None);
        }
        assert_eq!(ports(&mut routing, 5), [1, 2, 3, 1, 2]);
        routing.record("blue", address(2), Some(Failure::Timeout));
        let mut later = ports(&mut routing, 4);
        later.sort_unstable();
        assert_eq!(later, [1, 1, 3, 3]);
    }

    #[test]
    fn where_all_targets_are_unhealthy_all_of_them_take_turns() {
        let mut routing = Routing::new(vec![group("blue", 1)]);
        for port in [1, 2] {
            routing.register("blue", address(port));
            routing.record("blue", address(port), Some(Failure::Status(503)));
        }
        assert!(routing.choose().unwrap().is_fail_open);
        assert_eq!(ports(&mut routing, 2), [2, 1]);
    }

    #[test]
    fn weights_divide_the_requests_evenly_mixed() {
        let mut routing = Routing::new(vec![group("blue", 3), group("green", 1)]);
        routing.register("blue", address(1));
        routing.register("green", address(2));
        assert_eq!(ports(&mut routing, 8), [1, 1, 2, 1, 1, 1, 2, 1]);
        routing.set_weight("green", 0);
        assert_eq!(ports(&mut routing, 3), [1, 1, 1]);
        routing.set_weight("blue", 0);
        assert!(routing.choose().is_none());
    }

    #[test]
    fn a_group_without_targets_gets_its_share_all_the_same() {
        let mut routing = Routing::new(vec![group("blue", 1), group("green", 1)]);
        routing.register("blue", address(1));
        let choices: Vec<_> = (0..2).filter_map(|_| routing.choose()).collect();
        assert_eq!(choices[0].target, Some(address(1)));
        assert_eq!((choices[1].target, choices[1].is_fail_open), (None, false));
        assert_eq!(choices[1].group.dimension, "targetgroup/green/0f");
    }
}
