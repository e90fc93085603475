use rust_decimal::Decimal;

use super::lines::Counter;
use super::{
    Assumptions, Dimension, Field, SampleError, Subject, VARIANTS, Variant, dimensions, fields,
};
use crate::cost::{Bill, PriceError, PriceList, Usd};

/// What a suite will cost a month.
#[derive(Clone, Debug)]
pub struct Estimate {
    /// Where the prices hold.
    pub region: String,
    /// Their newest day.
    pub as_of: String,
    /// Requests a second.
    pub rates: Vec<Decimal>,
    /// A bill for each rate; all have the same lines.
    pub bills: Vec<Bill>,
    /// What each log field costs, at each rate.
    pub fields: Vec<Field>,
    /// What each metric dimension costs, at any rate.
    pub dimensions: Vec<Dimension>,
    /// Other ways to run it: the total at each rate.
    pub variants: Vec<(&'static Variant, Vec<Usd>)>,
    /// What has no price, and why.
    pub unknown: Vec<String>,
}

/// An estimate that cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum EstimateError {
    /// A price is missing.
    #[error(transparent)]
    Price(#[from] PriceError),
    /// The sample says nothing.
    #[error(transparent)]
    Sample(#[from] SampleError),
}

impl Estimate {
    /// Counts `subject` at each of `rates`.
    ///
    /// # Errors
    ///
    /// A price that the list lacks.
    pub fn of(
        list: &PriceList,
        subject: &Subject,
        assumed: &Assumptions,
        rates: &[Decimal],
    ) -> Result<Self, EstimateError> {
        let bill = |assumed: &Assumptions, rate: &Decimal| {
            let counter = Counter {
                list,
                subject,
                assumed,
                rate: *rate,
                bill: Bill::default(),
                paid: std::collections::BTreeMap::new(),
            };
            counter.count()
        };
        let bills = rates.iter().map(|rate| bill(assumed, rate));
        let bills = bills.collect::<Result<Vec<_>, _>>()?;
        let mut variants = Vec::new();
        for variant in VARIANTS {
            let assumed = (variant.apply)(assumed.clone());
            let totals = rates.iter().map(|rate| bill(&assumed, rate));
            let totals = totals
                .map(|bill| Ok(bill?.total()))
                .collect::<Result<Vec<_>, PriceError>>()?;
            variants.push((variant, totals));
        }
        let standing = &subject.standing;
        let varying = standing.varying().map(|metric| {
            format!("metric `{metric}`: one for each combination of values, counted once")
        });
        Ok(Self {
            region: list.region().to_owned(),
            as_of: list.as_of().to_owned(),
            rates: rates.to_vec(),
            bills,
            fields: fields(list, subject, assumed, rates)?,
            dimensions: dimensions(list, subject)?,
            variants,
            unknown: standing
                .unknown()
                .map(str::to_owned)
                .chain(varying)
                .chain(subject.left_out.iter().cloned())
                .chain([beyond(assumed).to_owned()])
                .collect(),
        })
    }
}

/// What the suite does not declare and the service pays all the same.
fn beyond(assumed: &Assumptions) -> &'static str {
    match assumed.service {
        true => {
            "data between Availability Zones, NAT gateways, VPC endpoints, public addresses: the suite does not \
             declare the network"
        }
        false => {
            "tasks, load balancer and data transfer of the service itself: --service counts them"
        }
    }
}
