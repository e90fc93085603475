use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use belfry_engine::base::{Clock, Millis};
use belfry_engine::metrics::{DatumValues, MetricDatum, MetricId, Unit};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use tokio::time::{MissedTickBehavior, interval};

use super::balancing::Surroundings;
use super::metered::{Metered, Standing};
use super::options::Options;
use super::sender::Answers;
use super::tell::Teller;
use crate::aws::{CostDatum, Session};
use crate::cost::standing::{Class, Count, charges};
use crate::cost::statement::Family;
use crate::cost::{COST_NAMESPACE, METERED_METRIC, PriceError, PriceList, Usd};
use crate::endpoint::Endpoint;
use crate::provision::{Desired, Place};
use crate::suite::{Limit, Suite, Watch};

/// How often the run is metered.
const EVERY: Duration = Duration::from_secs(30);

/// Meters a local run by list prices: what the same tasks, requests, bytes and alarms would cost on AWS. All of it is
/// an estimate, and is marked as one in Cost Explorer's answers.
pub(super) struct Meter {
    endpoint: Arc<Endpoint>,
    session: Session,
    clock: Arc<dyn Clock>,
    answers: Arc<Answers>,
    standing: Standing,
    /// What the account may be charged a month.
    budget: Option<Usd>,
    days: BTreeMap<Date, Metered>,
    /// When it was last metered, and what had been answered and stored by then.
    before: (Millis, u64, u64),
    tell: Teller,
}

impl Meter {
    pub(super) fn new(
        options: &Options,
        place: &Place,
        around: &Surroundings<'_>,
        answers: &Arc<Answers>,
    ) -> Self {
        let stored = around.endpoint.stored_log_bytes(around.session.region());
        Self {
            endpoint: Arc::clone(around.endpoint),
            session: around.session.clone(),
            clock: Arc::clone(around.clock),
            answers: Arc::clone(answers),
            standing: standing(&options.suite, place),
            budget: budget(&options.suite),
            days: BTreeMap::new(),
            before: (around.clock.now(), 0, stored),
            tell: around.tell.clone(),
        }
    }

    /// Meters until dropped.
    pub(super) async fn run(mut self) {
        let mut every = interval(EVERY);
        every.set_missed_tick_behavior(MissedTickBehavior::Delay);
        every.tick().await;
        loop {
            every.tick().await;
            if let Err(reason) = self.meter().await {
                self.tell
                    .say(format_args!("costs are not metered any more: {reason}"));
                return;
            }
        }
    }

    async fn meter(&mut self) -> Result<(), String> {
        let now = self.clock.now();
        let answered = self.answers.answered();
        let stored = self.endpoint.stored_log_bytes(self.session.region());
        let (then, requests, bytes) = std::mem::replace(&mut self.before, (now, answered, stored));
        let day = day(now);
        let metered = self.days.entry(day).or_default();
        metered.add(
            now.0 - then.0,
            answered.saturating_sub(requests),
            stored.saturating_sub(bytes),
        );
        let told = |error: PriceError| error.to_string();
        let list = PriceList::built_in().map_err(told)?;
        let mut lines = Vec::new();
        let mut today = Vec::new();
        for (date, metered) in &self.days {
            let charges = metered.charges(list, &self.standing).map_err(told)?;
            lines.extend(
                charges
                    .iter()
                    .map(|charge| charge.line(*date, self.session.region())),
            );
            if *date == day {
                today = charges;
            }
        }
        self.endpoint.put_estimates(lines);
        let total: Usd = today.iter().map(|charge| charge.amount).sum();
        let data = self.figures(
            day,
            total,
            &today
                .iter()
                .map(|c| (c.family(), c.amount))
                .collect::<Vec<_>>(),
        );
        let put = self.session.put_cost_metrics(COST_NAMESPACE, &data).await;
        put.map_err(|error| error.to_string())?;
        self.vend_charges(now).map_err(|fault| fault.message)
    }

    /// Today's figures, as far as the day has come; the month is what thirty days at this pace would cost.
    fn figures(&self, day: Date, total: Usd, families: &[(Family, Usd)]) -> Vec<CostDatum> {
        let at = start(day);
        let datum = |name: &str, service: Option<&str>, value: Decimal| CostDatum {
            name: name.to_owned(),
            service: service.map(str::to_owned),
            at,
            value: value.to_f64().unwrap_or_default(),
        };
        let sum = |fits: &dyn Fn(Family) -> bool| -> Decimal {
            let fitting = families.iter().filter(|(family, _)| fits(*family));
            fitting.map(|(_, amount)| *amount).sum::<Usd>().dollars()
        };
        let mut data = vec![
            datum(METERED_METRIC, None, Decimal::ONE),
            datum("DailyCost", None, total.dollars()),
            datum(
                "DailyCost",
                Some("CloudWatch"),
                sum(&|family| family.is_cloudwatch()),
            ),
        ];
        for family in Family::all() {
            data.push(datum(
                "DailyCost",
                Some(family.dimension()),
                sum(&|other| other == family),
            ));
        }
        let hours = self.days.get(&day).map(Metered::hours).unwrap_or_default();
        if let Some(pace) = total.dollars().checked_div(hours) {
            let month = pace * Decimal::from(720);
            data.push(datum("MonthForecast", None, month));
            if let Some(budget) = self.budget {
                let burn = month / budget.dollars() * Decimal::ONE_HUNDRED;
                data.push(datum("BudgetBurn", None, burn));
            }
        }
        let scored = Decimal::from(self.answers.scored.load(Ordering::Relaxed));
        let thousands = scored / Decimal::from(1000);
        if let Some(unit) = total.dollars().checked_div(thousands) {
            data.push(datum("CostPerThousandScored", None, unit));
        }
        data
    }

    /// The month's charges so far, as AWS's billing publishes them.
    fn vend_charges(&self, now: Millis) -> Result<(), crate::endpoint::Fault> {
        let list =
            PriceList::built_in().map_err(|e| crate::endpoint::Fault::internal(e.to_string()))?;
        let mut total = Usd::ZERO;
        for metered in self.days.values() {
            let charges = metered.charges(list, &self.standing);
            let charges = charges.map_err(|e| crate::endpoint::Fault::internal(e.to_string()))?;
            total += charges.iter().map(|charge| charge.amount).sum();
        }
        let datum = MetricDatum {
            id: MetricId {
                namespace: "AWS/Billing".into(),
                name: "EstimatedCharges".into(),
                dimensions: BTreeMap::from([("Currency".to_owned(), "USD".to_owned())]),
            },
            values: DatumValues::Distribution(vec![(
                total.dollars().to_f64().unwrap_or_default(),
                1.0,
            )]),
            unit: Unit::None,
            timestamp: now,
            high_resolution: false,
        };
        self.endpoint.vend("us-east-1", &[datum])
    }
}

fn standing(suite: &Suite, place: &Place) -> Standing {
    let desired = Desired::of(suite, place);
    let count: Count = desired.resources.values().flat_map(charges).collect();
    let classes = Class::all().map(|class| (class, count.of(class)));
    Standing::new(classes.filter(|(_, count)| *count > 0).collect())
}

/// The suite's budget of a month over all costs; without one, the threshold of the first alarm on the account's charges.
fn budget(suite: &Suite) -> Option<Usd> {
    let is_total =
        |budget: &&crate::suite::Budget| budget.period == "MONTHLY" && budget.filters.is_empty();
    let declared = suite.budgets.iter().find(is_total);
    let limit = declared.map(|budget| budget.amount.to_string());
    let limit = limit.or_else(|| charged(suite))?.parse::<Decimal>().ok()?;
    (limit > Decimal::ZERO).then(|| Usd::new(limit))
}

fn charged(suite: &Suite) -> Option<String> {
    let alarm = suite.alarms.iter().find(|alarm| match &alarm.watch {
        Watch::Metric(stat) => stat.metric.namespace == "AWS/Billing",
        Watch::Math { .. } => false,
    })?;
    let Limit::Threshold(limit) = alarm.limit else {
        return None;
    };
    Some(limit.to_string())
}

fn day(at: Millis) -> Date {
    let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    TimeZone::UTC.to_datetime(at).date()
}

fn start(day: Date) -> Millis {
    let zoned = day.to_zoned(TimeZone::UTC);
    Millis(zoned.map_or(0, |at| at.timestamp().as_millisecond()))
}
