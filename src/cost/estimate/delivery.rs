use rust_decimal::Decimal;

use super::lines::Counter;
use crate::cost::PriceError;
use crate::cost::prices::item;
use crate::cost::services::{GIGABYTE, athena_billed, athena_terabytes, gigabytes};

impl Counter<'_> {
    /// Gigabytes of gzip that the load balancer writes in so many hours.
    fn access_written(&self, hours: Decimal) -> Decimal {
        let line = self.get("balancer-line-bytes") * self.get("balancer-compression");
        gigabytes(line * self.requests(hours))
    }

    /// Objects of the load balancer: written, kept, and read by each run of a query, which writes an object of results
    /// and one that describes it.
    pub(super) fn access_logs(&mut self) -> Result<(), PriceError> {
        let kept = self.access_written(Decimal::from(24)) * self.get("balancer-days");
        self.pay(&item::S3_STORAGE, "access logs in S3", kept)?;
        let objects = self.get("balancer-objects");
        let written = objects * self.hours();
        self.pay(&item::S3_WRITES, "access logs, objects written", written)?;
        let runs = self.get("athena-runs");
        let queries = Decimal::from(self.subject.athena.len());
        if !queries.is_zero() {
            let read = objects * self.get("athena-hours") * runs * queries;
            self.pay(&item::S3_READS, "Athena, objects read", read)?;
            let results = runs * queries * Decimal::TWO;
            self.pay(&item::S3_WRITES, "Athena, results written", results)?;
        }
        let read = self.access_written(self.get("athena-hours")) * Decimal::from(GIGABYTE);
        let billed = athena_billed(u64::try_from(read.ceil()).unwrap_or(u64::MAX));
        for query in &self.subject.athena {
            let scanned = athena_terabytes(billed) * runs;
            self.pay(&item::ATHENA_SCAN, &format!("Athena: {query}"), scanned)?;
        }
        Ok(())
    }

    /// What alarms send, and the budgets that send by themselves.
    pub(super) fn notices(&mut self) -> Result<(), PriceError> {
        let notices = self.subject.notices;
        let changes = self.get("alarm-changes");
        let parts = [
            (
                item::SNS_REQUESTS,
                "notifications published",
                notices.published,
            ),
            (item::SNS_EMAIL, "notifications by e-mail", notices.email),
            (item::SNS_HTTP, "notifications by HTTP", notices.http),
            (
                item::SNS_INTERNAL,
                "notifications to queues and functions",
                notices.internal,
            ),
        ];
        for (item, what, count) in parts {
            if count > 0 {
                self.pay(&item, what, Decimal::from(count) * changes)?;
            }
        }
        let budgets = Decimal::from(self.subject.budgets) * self.get("days");
        match budgets.is_zero() {
            true => Ok(()),
            false => self.pay(&item::BUDGET, "budgets", budgets),
        }
    }

    /// Answers that leave to the internet.
    pub(super) fn transfer(&mut self) -> Result<(), PriceError> {
        let bytes = self.get("answer-bytes") * self.get("internet-share");
        let out = gigabytes(bytes * self.requests(self.hours()));
        self.pay(&item::TRANSFER_OUT, "data transfer out", out)
    }
}
