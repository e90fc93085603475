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
    /// Whether it is a log alarm's, which has a row of its own in the price list.
    pub alarm: bool,
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
    /// Queries over it.
    pub scans: Vec<Scan>,
    /// Queries over the load balancer's access log.
    pub athena: Vec<String>,
    /// What the service writes.
    pub sample: LogSample,
    /// What is declared and not counted.
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
