use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::LogSample;
use crate::cost::standing::{Charge, Count};

/// Log queries that run again and again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    /// `query error-logs`, `log widget of fraud-business`.
    pub what: String,
    /// Which assumption says how often a month; a number where the suite says it.
    pub runs: Result<Decimal, &'static str>,
    /// Which assumption says how many hours back; a number where the suite says it.
    pub hours: Result<Decimal, &'static str>,
    /// Bytes a request of the log group that they read; nothing where it is the service's own.
    pub bytes: Option<Decimal>,
    /// Whether it is a log alarm's, which has a row of its own in the price list.
    pub alarm: bool,
}

/// A log group besides the service's, of which it is said how much is written to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherGroup {
    /// Its name. Below `/aws/vendedlogs/` are the logs that AWS's services sell as vended.
    pub name: String,
    /// Bytes a request.
    pub bytes: Decimal,
    /// How long it keeps events; for ever where absent.
    pub retention_days: Option<i64>,
    /// Whether it is of the Infrequent Access class.
    pub infrequent: bool,
}

/// Notifications through topics, for each time that every alarm enters each state of which it tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Notices {
    /// Messages to topics.
    pub published: u64,
    /// Of these, to addresses.
    pub email: u64,
    /// To web servers.
    pub http: u64,
    /// To queues and functions.
    pub internal: u64,
}

/// What is estimated.
#[derive(Clone, Debug)]
pub struct Subject {
    /// What is there whatever happens: alarms, metrics, dashboards.
    pub standing: Count,
    /// The metrics among it, each with the names of its dimensions and how many values are known.
    pub metrics: BTreeMap<String, Vec<(String, usize)>>,
    /// The service's log group.
    pub log_group: String,
    /// How long it keeps events; for ever where absent.
    pub retention_days: Option<i64>,
    /// Other log groups.
    pub groups: Vec<OtherGroup>,
    /// Queries over all of them.
    pub scans: Vec<Scan>,
    /// Queries over the load balancer's access log.
    pub athena: Vec<String>,
    /// What the service writes.
    pub sample: LogSample,
    /// What alarms send.
    pub notices: Notices,
    /// Budgets, as many.
    pub budgets: usize,
    /// What is declared and has no price.
    pub left_out: Vec<String>,
}

impl Subject {
    /// Adds a metric of the contract: one for each combination of its dimensions' values.
    pub fn add_metric(&mut self, name: &str, dimensions: Vec<(String, usize)>) {
        let combinations = dimensions
            .iter()
            .map(|(_, values)| (*values).max(1))
            .product::<usize>();
        let unknown = dimensions.iter().any(|(_, values)| *values == 0);
        let names: Vec<&str> = dimensions.iter().map(|(name, _)| name.as_str()).collect();
        let identity = format!("{name}{{{}}}", names.join(","));
        let charges = (0..combinations).map(|number| Charge::Metric {
            identity: match number {
                0 => identity.clone(),
                _ => format!("{identity}#{number}"),
            },
            varies: unknown,
        });
        self.standing.extend(charges);
        self.metrics.insert(identity, dimensions);
    }
}
