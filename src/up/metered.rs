use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::cost::prices::item;
use crate::cost::services::{LoadBalancerUse, gigabytes};
use crate::cost::standing::Class;
use crate::cost::statement::Family;
use crate::cost::store::{CostLine, Dimension, Measure};
use crate::cost::{Allowances, Item, PriceError, PriceList, Usd};

/// What is there as long as the suite is.
#[derive(Clone, Debug, Default)]
pub(super) struct Standing(Vec<(Class, usize)>);

impl Standing {
    pub(super) fn new(classes: Vec<(Class, usize)>) -> Self {
        Self(classes)
    }
}

/// What a local run used on one day.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Metered {
    millis: i64,
    requests: u64,
    bytes: u64,
}

/// One charge of a metered day.
#[derive(Clone, Debug)]
pub(super) struct MeteredCharge {
    service: &'static str,
    usage_type: &'static str,
    unit: &'static str,
    quantity: Decimal,
    pub(super) amount: Usd,
}

const ECS: &str = "Amazon Elastic Container Service";
const ELB: &str = "Amazon Elastic Load Balancing";
const CLOUDWATCH: &str = "AmazonCloudWatch";
/// Hours of a month of thirty days.
const MONTH: i64 = 720;
/// Bytes of a request and its answer at the load balancer, and requests that a connection carries: `belfry estimate`
/// assumes the same.
const EXCHANGE: i64 = 2000;
const REQUESTS_PER_CONNECTION: i64 = 100;
/// vCPUs and gigabytes of a task.
const TASK: (Decimal, Decimal) = (Decimal::from_parts(5, 0, 0, false, 1), Decimal::ONE);

/// Class and the usage type under which Cost Explorer has it.
const USAGE_TYPES: &[(Class, &str)] = &[
    (Class::Metric, "CW:MetricMonitorUsage"),
    (Class::Dashboard, "DashboardsUsageHour"),
];

impl Metered {
    pub(super) fn add(&mut self, millis: i64, requests: u64, bytes: u64) {
        self.millis = self.millis.saturating_add(millis.max(0));
        self.requests = self.requests.saturating_add(requests);
        self.bytes = self.bytes.saturating_add(bytes);
    }

    pub(super) fn hours(&self) -> Decimal {
        Decimal::from(self.millis) / Decimal::from(3_600_000)
    }

    /// Its charges by list price, free allowances taken as used.
    pub(super) fn charges(
        &self,
        list: &PriceList,
        standing: &Standing,
    ) -> Result<Vec<MeteredCharge>, PriceError> {
        let hours = self.hours();
        let written = gigabytes(Decimal::from(self.bytes));
        let mut charges = vec![
            charge(
                list,
                &item::FARGATE_VCPU_X86,
                (ECS, "USE1-Fargate-vCPU-Hours:perCPU", "Hrs"),
                hours * TASK.0,
            )?,
            charge(
                list,
                &item::FARGATE_MEMORY_X86,
                (ECS, "USE1-Fargate-GB-Hours", "GB-Hours"),
                hours * TASK.1,
            )?,
            charge(
                list,
                &item::LOAD_BALANCER,
                (ELB, "LoadBalancerUsage", "Hrs"),
                hours,
            )?,
            charge(
                list,
                &item::LCU,
                (ELB, "LCUUsage", "LCU-Hrs"),
                self.units(hours) * hours,
            )?,
            charge(
                list,
                &item::LOG_INGESTION,
                (CLOUDWATCH, "DataProcessing-Bytes", "GB"),
                written,
            )?,
        ];
        for (class, count) in &standing.0 {
            let usage_type = USAGE_TYPES.iter().find(|(other, _)| other == class);
            let usage_type = usage_type.map_or("CW:AlarmMonitorUsage", |(_, name)| name);
            let months = Decimal::from(*count) * hours / Decimal::from(MONTH);
            charges.push(charge(
                list,
                class.item(),
                (CLOUDWATCH, usage_type, "Months"),
                months,
            )?);
        }
        Ok(charges)
    }

    /// The load balancer's capacity units, on average.
    fn units(&self, hours: Decimal) -> Decimal {
        let requests = Decimal::from(self.requests);
        let Some(by_hour) = requests.checked_div(hours) else {
            return Decimal::ZERO;
        };
        let by_second = by_hour / Decimal::from(3600);
        let usage = LoadBalancerUse {
            new_connections: by_second / Decimal::from(REQUESTS_PER_CONNECTION),
            gigabytes: gigabytes(by_hour * Decimal::from(EXCHANGE)),
            requests: by_second,
            ..LoadBalancerUse::default()
        };
        usage.units().billed()
    }
}

fn charge(
    list: &PriceList,
    item: &Item,
    (service, usage_type, unit): (&'static str, &'static str, &'static str),
    quantity: Decimal,
) -> Result<MeteredCharge, PriceError> {
    Ok(MeteredCharge {
        service,
        usage_type,
        unit,
        quantity,
        amount: list.price(item)?.cost(quantity, Allowances::Used),
    })
}

impl MeteredCharge {
    pub(super) fn family(&self) -> Family {
        Family::of(self.service, self.usage_type)
    }

    /// As Cost Explorer has it, marked as an estimate.
    pub(super) fn line(&self, day: Date, region: &str) -> CostLine {
        let text = |text: &str| text.to_owned();
        let dollars = self.amount.dollars();
        CostLine {
            day,
            hour: None,
            dimensions: BTreeMap::from([
                (Dimension::Service, text(self.service)),
                (Dimension::UsageType, text(self.usage_type)),
                (Dimension::Region, text(region)),
                (Dimension::RecordType, text("Usage")),
            ]),
            tags: BTreeMap::new(),
            categories: BTreeMap::new(),
            measures: BTreeMap::from([
                (Measure::UnblendedCost, dollars),
                (Measure::AmortizedCost, dollars),
                (Measure::UsageQuantity, self.quantity),
            ]),
            unit: text(self.unit),
            estimated: true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_of_a_task_is_metered_at_its_list_price() {
        let mut metered = Metered::default();
        metered.add(3_600_000, 180_000, 1 << 30);
        let standing = Standing::new(vec![(Class::Alarm, 8), (Class::Dashboard, 5)]);
        let list = PriceList::built_in().unwrap();
        let charges = metered.charges(list, &standing).unwrap();
        let amount = |usage: &str| {
            let found = charges.iter().find(|charge| charge.usage_type == usage);
            found
                .unwrap()
                .amount
                .dollars()
                .round_dp(6)
                .normalize()
                .to_string()
        };
        assert_eq!(amount("USE1-Fargate-vCPU-Hours:perCPU"), "0.02024");
        assert_eq!(amount("USE1-Fargate-GB-Hours"), "0.004445");
        assert_eq!(amount("DataProcessing-Bytes"), "0.5");
        // 180,000 exchanges of 2,000 bytes are 0.335 GB, more than any other dimension.
        assert_eq!(amount("LCUUsage"), "0.002682");
        assert_eq!(amount("DashboardsUsageHour"), "0.020833");
        assert!(
            charges
                .iter()
                .all(|charge| charge.line(Date::MIN, "us-east-1").estimated)
        );
    }
}
