use std::collections::BTreeMap;

use super::store::{ElbStore, TargetState};

/// What a load balancer is told to do: its record and those of what its listeners forward to. For the one that plays it in
/// this process.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orders {
    /// `app/fraud-detection-alb/ID`.
    pub name: String,
    /// By key, every one of them.
    pub attributes: BTreeMap<&'static str, String>,
    /// Its listeners.
    pub listeners: Vec<ListenerOrders>,
    /// The groups to which they forward.
    pub groups: Vec<GroupOrders>,
}

/// A listener of a load balancer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListenerOrders {
    /// Where it listens.
    pub port: i64,
    /// Target groups by ARN with their weights.
    pub forward: Vec<(String, i64)>,
}

/// A target group of a load balancer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupOrders {
    /// `fraud-detection-blue`.
    pub name: String,
    /// `arn:aws:elasticloadbalancing:…`.
    pub arn: String,
    /// `traffic-port`, or a port.
    pub check_port: String,
    /// `/health`.
    pub check_path: String,
    /// `200`, `200,202`, `200-299`.
    pub check_codes: String,
    /// Seconds from check to check.
    pub interval: i64,
    /// Seconds that an answer may take.
    pub timeout: i64,
    /// Answers in a row that make an unhealthy target healthy.
    pub healthy_threshold: i64,
    /// Failures in a row that make a target unhealthy.
    pub unhealthy_threshold: i64,
    /// Seconds that a request to a deregistered target may still take.
    pub deregistration_delay: i64,
    /// Id and port of every registered target.
    pub targets: Vec<(String, i64)>,
}

/// What a load balancer says of a target of its.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetReport {
    /// The ARN of the target group.
    pub group: String,
    /// `127.0.0.1`.
    pub id: String,
    /// Where it listens.
    pub port: i64,
    /// How it is.
    pub state: TargetState,
}

impl ElbStore {
    /// What the load balancer with this name is told; none where there is no such.
    pub fn orders(&self, name: &str) -> Option<Orders> {
        let balancer = self.balancers.get(name)?;
        let own = self.listeners.values();
        let own = own.filter(|listener| listener.balancer == balancer.arn);
        let listeners = own.map(|listener| ListenerOrders {
            port: listener.port,
            forward: listener.forward.clone(),
        });
        let groups = self.groups.values();
        let used = groups.filter(|group| self.users(&group.arn).contains(&balancer.arn.as_str()));
        let groups = used.map(|group| GroupOrders {
            name: group.name.clone(),
            arn: group.arn.clone(),
            check_port: group.check.port.clone(),
            check_path: group.check.path.clone(),
            check_codes: group.check.codes.clone(),
            interval: group.check.interval,
            timeout: group.check.timeout,
            healthy_threshold: group.check.healthy,
            unhealthy_threshold: group.check.unhealthy,
            deregistration_delay: group
                .attribute("deregistration_delay.timeout_seconds")
                .parse()
                .unwrap_or(300),
            targets: group.registered().cloned().collect(),
        });
        Some(Orders {
            name: balancer.full_name().to_owned(),
            attributes: balancer.attributes.clone(),
            listeners: listeners.collect(),
            groups: groups.collect(),
        })
    }

    /// Takes what a load balancer says of its targets, in place of what was said of them before.
    pub fn report(&mut self, reports: Vec<TargetReport>) {
        for report in reports {
            let key = (report.group, report.id, report.port);
            self.reported.insert(key, report.state);
        }
    }
}
