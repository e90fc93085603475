use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Assumptions, OtherGroup, Scan, Subject};
use crate::cost::prices::item;
use crate::cost::services::{LoadBalancerUse, Runs, gigabytes};
use crate::cost::standing::Class;
use crate::cost::{Bill, Item, PriceError, PriceList};

/// What AWS's services deliver, sold in tiers ("Logs sent to CloudWatch Logs" of its user guide).
const VENDED: &str = "/aws/vendedlogs/";
/// Days that are counted where events never leave: the first year.
pub(super) const FOR_EVER: i64 = 365;

/// What is counted, at one rate.
pub(super) struct Counter<'a> {
    pub(super) list: &'a PriceList,
    pub(super) subject: &'a Subject,
    pub(super) assumed: &'a Assumptions,
    /// Requests a second.
    pub(super) rate: Decimal,
    pub(super) bill: Bill,
    /// How much of each row of the price list is paid so far: tiers and allowances count all lines of one.
    pub(super) paid: BTreeMap<&'static str, Decimal>,
}

impl Counter<'_> {
    /// Every line, in the order in which it is shown; at another rate the lines are the same.
    pub(super) fn count(mut self) -> Result<Bill, PriceError> {
        self.standing()?;
        self.logs()?;
        self.scans()?;
        self.access_logs()?;
        self.notices()?;
        self.cost_explorer()?;
        if self.assumed.service {
            self.tasks()?;
            self.balancer()?;
            self.transfer()?;
        }
        Ok(self.bill)
    }

    pub(super) fn pay(
        &mut self,
        item: &Item,
        what: &str,
        quantity: Decimal,
    ) -> Result<(), PriceError> {
        let allowances = self.assumed.allowances;
        // The scans of log alarms share the allowance of all others.
        let shared = match item.name == item::ALARM_LOG_SCAN.name {
            true => item::LOG_SCAN.name,
            false => item.name,
        };
        let paid = self.paid.entry(shared).or_default();
        let above = (*paid, quantity);
        *paid += quantity;
        self.bill
            .add_above(self.list, item, what, above, allowances)?;
        Ok(())
    }

    pub(super) fn get(&self, key: &str) -> Decimal {
        self.assumed.get(key)
    }

    pub(super) fn hours(&self) -> Decimal {
        self.get("days") * Decimal::from(24)
    }

    /// Requests of so many hours.
    pub(super) fn requests(&self, hours: Decimal) -> Decimal {
        self.rate * hours * Decimal::from(3600)
    }

    pub(super) fn tasks_running(&self) -> Decimal {
        let needed = self.rate * self.get("tasks-at-10000") / Decimal::from(10_000);
        needed.ceil().max(self.get("least-tasks"))
    }

    fn standing(&mut self) -> Result<(), PriceError> {
        for class in Class::all() {
            let count = self.subject.standing.of(class);
            if count > 0 {
                let what = class.counted(2);
                let what = what.split_once(' ').map_or("", |(_, words)| words);
                self.pay(class.item(), what, Decimal::from(count))?;
            }
        }
        Ok(())
    }

    /// Gigabytes that the service writes in so many hours.
    fn written(&self, hours: Decimal) -> Decimal {
        let sample = &self.subject.sample;
        let share = self.get("sampled");
        let mut bytes = sample.sampled_bytes_per_request(share) * self.requests(hours);
        if self.assumed.metrics_apart {
            let metrics =
                sample.per_request(sample.fields.get("_aws").copied().unwrap_or_default());
            let lines = self.tasks_running() * hours * Decimal::from(60);
            bytes = bytes - metrics * share * self.requests(hours) + metrics * lines;
        }
        gigabytes(bytes.max(Decimal::ZERO))
    }

    fn logs(&mut self) -> Result<(), PriceError> {
        let ingestion = match self.assumed.infrequent {
            true => &item::LOG_INGESTION_INFREQUENT,
            false => &item::LOG_INGESTION,
        };
        let written = self.written(self.hours());
        self.pay(ingestion, "log ingestion", written)?;
        let day = self.written(Decimal::from(24));
        let stored = day * self.kept_days() * self.get("compression");
        self.pay(&item::LOG_STORAGE, "log storage", stored)?;
        for group in &self.subject.groups {
            self.other_group(group)?;
        }
        Ok(())
    }

    /// What another log group takes in and keeps.
    fn other_group(&mut self, group: &OtherGroup) -> Result<(), PriceError> {
        let is_vended = group.name.starts_with(VENDED);
        let ingestion = match (is_vended, group.infrequent) {
            (true, true) => &item::VENDED_LOGS_INFREQUENT,
            (true, false) => &item::VENDED_LOGS,
            (false, true) => &item::LOG_INGESTION_INFREQUENT,
            (false, false) => &item::LOG_INGESTION,
        };
        let written = |hours| gigabytes(group.bytes * self.requests(hours));
        let (month, day) = (written(self.hours()), written(Decimal::from(24)));
        let days = Decimal::from(group.retention_days.unwrap_or(FOR_EVER));
        let stored = day * days * self.get("compression");
        let name = &group.name;
        self.pay(ingestion, &format!("ingestion of {name}"), month)?;
        self.pay(&item::LOG_STORAGE, &format!("storage of {name}"), stored)
    }

    /// Days of logs that are stored once the first have left; a year where none ever leave.
    fn kept_days(&self) -> Decimal {
        let declared = self.assumed.retention_days.or(self.subject.retention_days);
        Decimal::from(declared.unwrap_or(FOR_EVER))
    }

    fn scans(&mut self) -> Result<(), PriceError> {
        for scan in &self.subject.scans {
            let hours = scan.hours.unwrap_or_else(|key| self.get(key));
            let once = match scan.bytes {
                Some(bytes) => gigabytes(bytes * self.requests(hours)),
                None => self.written(hours),
            };
            let scanned = once * self.runs(scan);
            let item = match scan.alarm {
                true => &item::ALARM_LOG_SCAN,
                false => &item::LOG_SCAN,
            };
            self.pay(item, &format!("scans: {}", scan.what), scanned)?;
        }
        Ok(())
    }

    /// How often a month; what the suite says of a month of 30 days holds for another in proportion.
    fn runs(&self, scan: &Scan) -> Decimal {
        match scan.runs {
            Ok(of_thirty_days) => of_thirty_days * self.get("days") / Decimal::from(30),
            Err(key @ "dashboard-refresh-seconds") => {
                self.get("dashboard-open-hours") * Decimal::from(3600) / self.get(key)
            }
            Err(key) => self.get(key),
        }
    }

    fn cost_explorer(&mut self) -> Result<(), PriceError> {
        let asked = self.get("cost-refreshes") * self.get("cost-requests") * self.get("days");
        self.pay(&item::COST_EXPLORER_REQUEST, "cost report", asked)
    }

    fn tasks(&mut self) -> Result<(), PriceError> {
        let runs = Runs::steady(self.tasks_running(), self.hours());
        let hours = runs.count * self.hours();
        let cpu = hours * self.get("task-vcpu");
        self.pay(&item::FARGATE_VCPU_X86, "tasks, vCPU", cpu)?;
        let memory = hours * self.get("task-memory-gb");
        self.pay(&item::FARGATE_MEMORY_X86, "tasks, memory", memory)
    }

    fn balancer(&mut self) -> Result<(), PriceError> {
        let connections = self.rate / self.get("requests-per-connection");
        let usage = LoadBalancerUse {
            new_connections: connections,
            active_connections: connections * self.get("connection-seconds"),
            gigabytes: gigabytes(self.get("exchange-bytes") * self.requests(Decimal::ONE)),
            requests: self.rate,
            hours: self.hours(),
            ..LoadBalancerUse::default()
        };
        self.pay(&item::LOAD_BALANCER, "load balancer", usage.hours)?;
        let units = usage.units().billed() * usage.hours;
        self.pay(&item::LCU, "load balancer, capacity units", units)
    }
}
