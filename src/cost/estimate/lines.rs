use rust_decimal::Decimal;

use super::{Assumptions, Subject};
use crate::cost::prices::item;
use crate::cost::services::{
    GIGABYTE, LoadBalancerUse, Runs, athena_billed, athena_terabytes, gigabytes,
};
use crate::cost::standing::Class;
use crate::cost::{Bill, Item, PriceError, PriceList};

/// What is counted, at one rate.
pub(super) struct Counter<'a> {
    pub(super) list: &'a PriceList,
    pub(super) subject: &'a Subject,
    pub(super) assumed: &'a Assumptions,
    /// Requests a second.
    pub(super) rate: Decimal,
    pub(super) bill: Bill,
}

impl Counter<'_> {
    /// Every line, in the order in which it is shown; at another rate the lines are the same.
    pub(super) fn count(mut self) -> Result<Bill, PriceError> {
        self.standing()?;
        self.logs()?;
        self.scans()?;
        self.access_logs()?;
        self.cost_explorer()?;
        if self.assumed.service {
            self.tasks()?;
            self.balancer()?;
        }
        Ok(self.bill)
    }

    fn pay(&mut self, item: &Item, what: &str, quantity: Decimal) -> Result<(), PriceError> {
        let allowances = self.assumed.allowances;
        self.bill.add(self.list, item, what, quantity, allowances)?;
        Ok(())
    }

    fn get(&self, key: &str) -> Decimal {
        self.assumed.get(key)
    }

    fn hours(&self) -> Decimal {
        self.get("days") * Decimal::from(24)
    }

    /// Requests of so many hours.
    fn requests(&self, hours: Decimal) -> Decimal {
        self.rate * hours * Decimal::from(3600)
    }

    fn tasks_running(&self) -> Decimal {
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
        self.pay(&item::LOG_STORAGE, "log storage", stored)
    }

    /// Days of logs that are stored once the first have left; a year where none ever leave.
    fn kept_days(&self) -> Decimal {
        let declared = self.assumed.retention_days.or(self.subject.retention_days);
        Decimal::from(declared.unwrap_or(365))
    }

    fn scans(&mut self) -> Result<(), PriceError> {
        for scan in &self.subject.scans {
            let or = |value: Result<Decimal, &str>| value.unwrap_or_else(|key| self.get(key));
            let scanned = self.written(or(scan.hours)) * or(scan.runs);
            let item = match scan.alarm {
                true => &item::ALARM_LOG_SCAN,
                false => &item::LOG_SCAN,
            };
            self.pay(item, &format!("scans: {}", scan.what), scanned)?;
        }
        Ok(())
    }

    /// Gigabytes of gzip that the load balancer writes in so many hours.
    fn access_written(&self, hours: Decimal) -> Decimal {
        let line = self.get("balancer-line-bytes") * self.get("balancer-compression");
        gigabytes(line * self.requests(hours))
    }

    fn access_logs(&mut self) -> Result<(), PriceError> {
        let kept = self.access_written(Decimal::from(24)) * self.get("balancer-days");
        self.pay(&item::S3_STORAGE, "access logs in S3", kept)?;
        let objects = self.get("balancer-objects") * self.hours();
        self.pay(&item::S3_WRITES, "access logs, objects written", objects)?;
        let read = self.access_written(self.get("athena-hours")) * Decimal::from(GIGABYTE);
        let billed = athena_billed(u64::try_from(read.ceil()).unwrap_or(u64::MAX));
        for query in &self.subject.athena {
            let scanned = athena_terabytes(billed) * self.get("athena-runs");
            self.pay(&item::ATHENA_SCAN, &format!("Athena: {query}"), scanned)?;
        }
        Ok(())
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
