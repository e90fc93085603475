use std::collections::BTreeMap;

use super::exchange::Exchange;
use super::routing::GroupTargets;

/// What happened in an interval.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    /// Connections made, from clients and to targets.
    pub new_connections: u64,
    /// Connections of clients that were rejected, because there were too many.
    pub rejected_connections: u64,
    /// Bytes that went over clients' connections.
    pub bytes: u64,
    /// Answers of the balancer's own, by status.
    pub own: BTreeMap<u16, u64>,
    /// By the group's dimension.
    pub groups: BTreeMap<String, GroupCounts>,
}

/// What happened to the requests of one target group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GroupCounts {
    /// Requests for which a target was chosen.
    pub requests: u64,
    /// Targets' answers, by the first digit of their status.
    pub classes: BTreeMap<u16, u64>,
    /// Targets' times in microseconds, and how often each.
    pub times: BTreeMap<u64, u64>,
    /// Connections that could not be made.
    pub connection_errors: u64,
    /// Requests that went to an unhealthy target because there was no other.
    pub fail_open: u64,
}

/// What is, rather than happened.
#[derive(Clone, Debug)]
pub(super) struct Gauges {
    /// Open connections, where they are to be told.
    pub(super) connections: Option<u64>,
    /// Open connections.
    pub(super) open: u64,
    /// The length of the interval.
    pub(super) seconds: f64,
    /// Every group and its targets.
    pub(super) targets: Vec<GroupTargets>,
}

impl Counts {
    /// Counts one exchange.
    pub fn add(&mut self, exchange: &Exchange) {
        self.bytes += exchange.received + exchange.sent;
        if exchange.target_status.is_none() {
            *self.own.entry(exchange.status).or_default() += 1;
        }
        if let Some(group) = &exchange.group {
            let group = self.groups.entry(group.dimension.clone()).or_default();
            group.add(exchange);
        }
    }
}

impl GroupCounts {
    fn add(&mut self, exchange: &Exchange) {
        self.requests += u64::from(exchange.target.is_some());
        self.connection_errors += u64::from(exchange.is_connection_error);
        self.fail_open += u64::from(exchange.is_fail_open);
        let Some(status) = exchange.target_status else {
            return;
        };
        *self.classes.entry(status / 100).or_default() += 1;
        if let Some(time) = exchange.target_time {
            let micros = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
            *self.times.entry(micros).or_default() += 1;
        }
    }

    /// These and others.
    pub(super) fn join(&mut self, other: &Self) {
        self.requests += other.requests;
        self.connection_errors += other.connection_errors;
        self.fail_open += other.fail_open;
        for (class, count) in &other.classes {
            *self.classes.entry(*class).or_default() += count;
        }
        for (time, count) in &other.times {
            *self.times.entry(*time).or_default() += count;
        }
    }
}
