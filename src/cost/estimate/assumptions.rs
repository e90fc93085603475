use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::AccessSample;
use crate::cost::{Allowances, quantity};

/// Something that neither the suite nor a sample says.
#[derive(Clone, Copy, Debug)]
pub struct Assumption {
    /// As `--assume` names it.
    pub key: &'static str,
    /// What is taken where nothing else is said.
    pub value: &'static str,
    /// What it is.
    pub meaning: &'static str,
}

const fn row(key: &'static str, value: &'static str, meaning: &'static str) -> Assumption {
    Assumption {
        key,
        value,
        meaning,
    }
}

/// Every assumption.
pub const ASSUMPTIONS: &[Assumption] = &[
    row("days", "30", "days of the month, as in AWS's own examples"),
    row(
        "compression",
        "0.15",
        "stored bytes for one that is ingested, as AWS's calculator takes it",
    ),
    row(
        "sampled",
        "1",
        "share of the lines below WARN that are written",
    ),
    row(
        "query-runs",
        "10",
        "runs of each saved query a month, by people",
    ),
    row("query-hours", "1", "hours that a run of a query looks back"),
    row(
        "dashboard-open-hours",
        "10",
        "hours a month that each dashboard is open",
    ),
    row(
        "dashboard-refresh-seconds",
        "60",
        "seconds from one refresh of an open dashboard to the next; each runs its log widgets",
    ),
    row("dashboard-hours", "3", "hours that a log widget looks back"),
    row("athena-runs", "30", "runs of each Athena query a month"),
    row(
        "athena-hours",
        "24",
        "hours of access logs that a run reads",
    ),
    row(
        "balancer-line-bytes",
        "508",
        "bytes of a line of the load balancer's access log, as measured",
    ),
    row(
        "balancer-compression",
        "0.071",
        "of which gzip leaves so much, as measured",
    ),
    row(
        "balancer-objects",
        "24",
        "objects of access log an hour: two nodes, each every five minutes",
    ),
    row("balancer-days", "30", "days that access logs are kept"),
    row(
        "cost-refreshes",
        "1",
        "times a day that the cost report asks Cost Explorer",
    ),
    row("cost-requests", "6", "requests of one refresh"),
    row(
        "tasks-at-10000",
        "120",
        "tasks that carry 10,000 requests a second",
    ),
    row("least-tasks", "2", "tasks that run at any rate"),
    row("task-vcpu", "0.5", "vCPUs of a task"),
    row("task-memory-gb", "1", "gigabytes of memory of a task"),
    row(
        "requests-per-connection",
        "100",
        "requests that a client sends over one connection",
    ),
    row(
        "connection-seconds",
        "60",
        "seconds that a connection lasts",
    ),
    row(
        "exchange-bytes",
        "609",
        "bytes of a request and its answer at the load balancer, as measured",
    ),
    row("answer-bytes", "292", "bytes of an answer, as measured"),
    row(
        "internet-share",
        "1",
        "share of the answers that leave to the internet",
    ),
    row(
        "alarm-changes",
        "10",
        "times a month that an alarm enters each state of which it tells",
    ),
];

/// What is assumed: the table, with changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumptions {
    values: BTreeMap<&'static str, Decimal>,
    /// Days that the service's log is kept, instead of what the suite declares.
    pub retention_days: Option<i64>,
    /// The service's log group is of the Infrequent Access class.
    pub infrequent: bool,
    /// Metrics leave the lines of requests: each task writes one line of them a minute.
    pub metrics_apart: bool,
    /// With the tasks and the load balancer of the service itself.
    pub service: bool,
    /// Whether the account's free allowances are taken off.
    pub allowances: Allowances,
}

impl Default for Assumptions {
    fn default() -> Self {
        let values = ASSUMPTIONS
            .iter()
            .map(|row| (row.key, row.value.parse().unwrap_or_default()));
        Self {
            values: values.collect(),
            retention_days: None,
            infrequent: false,
            metrics_apart: false,
            service: false,
            allowances: Allowances::Used,
        }
    }
}

impl Assumptions {
    /// One of the table; nothing where the table has no such key.
    pub fn get(&self, key: &str) -> Decimal {
        debug_assert!(self.values.contains_key(key), "{key}");
        self.values.get(key).copied().unwrap_or_default()
    }

    /// Takes `KEY=VALUE`.
    ///
    /// # Errors
    ///
    /// An unknown key, with those that exist; a value that is no number; a share above 1.
    pub fn assume(&mut self, text: &str) -> Result<(), String> {
        let Some((key, value)) = text.split_once('=') else {
            return Err(format!("`{text}` is no assumption; expected KEY=NUMBER"));
        };
        let Some(row) = ASSUMPTIONS.iter().find(|row| row.key == key) else {
            let keys: Vec<&str> = ASSUMPTIONS.iter().map(|row| row.key).collect();
            return Err(format!(
                "`{key}` is no assumption; expected one of {}",
                keys.join(", ")
            ));
        };
        let value = quantity(value)?;
        let is_share = matches!(
            key,
            "sampled" | "compression" | "balancer-compression" | "internet-share"
        );
        if is_share && value > Decimal::ONE {
            return Err(format!(
                "`{key}` is a share; expected a number from 0 to 1, found {value}"
            ));
        }
        let is_divisor = matches!(
            key,
            "days" | "requests-per-connection" | "dashboard-refresh-seconds"
        );
        if is_divisor && value.is_zero() {
            return Err(format!("`{key}` is above 0"));
        }
        if value > Decimal::from(1_000_000_000) {
            return Err(format!("`{key}` is at most 1,000,000,000"));
        }
        self.values.insert(row.key, value);
        Ok(())
    }

    /// With another value of the table.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: Decimal) -> Self {
        self.values.insert(key, value);
        self
    }

    /// With what an access log shows: its lines, what gzip leaves of them, what requests and answers carry.
    #[must_use]
    pub fn measured(self, access: &AccessSample) -> Self {
        self.with("balancer-line-bytes", access.line_bytes())
            .with("balancer-compression", access.gzip_ratio())
            .with("exchange-bytes", access.exchange_bytes())
            .with("answer-bytes", access.answer_bytes())
    }

    /// Those that differ from the table, and all others: `(row, value)`.
    pub fn all(&self) -> impl Iterator<Item = (&'static Assumption, Decimal)> {
        ASSUMPTIONS.iter().map(|row| (row, self.get(row.key)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assumptions_are_named_or_refused() {
        let mut assumptions = Assumptions::default();
        assert_eq!(assumptions.get("compression"), Decimal::new(15, 2));
        assumptions.assume("compression=0.2").unwrap();
        assert_eq!(assumptions.get("compression"), Decimal::new(2, 1));
        for wrong in [
            "days",
            "dys=3",
            "days=0",
            "sampled=1.5",
            "days=-1",
            "query-runs=many",
        ] {
            assert!(assumptions.assume(wrong).is_err(), "{wrong}");
        }
        assert!(ASSUMPTIONS.iter().all(|row| quantity(row.value).is_ok()));
    }
}
