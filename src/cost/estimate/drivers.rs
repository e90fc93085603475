use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::lines::FOR_EVER;
use super::{Assumptions, Subject};
use crate::cost::prices::item;
use crate::cost::services::gigabytes;
use crate::cost::{Allowances, PriceError, PriceList, Usd};

/// What a field of the log costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Bytes in a request's lines, as far as they are written.
    pub bytes: Decimal,
    /// What they cost a month, ingestion and storage, at each rate.
    pub amounts: Vec<Usd>,
}

/// What a dimension of metrics costs, at any rate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// Its name.
    pub name: String,
    /// Metrics that there would not be without it.
    pub metrics: Decimal,
    /// What they cost a month.
    pub amount: Usd,
    /// Metrics that one more value of it adds.
    pub another_metrics: Decimal,
    /// What these cost.
    pub another_amount: Usd,
}

/// What each field of the log costs at each of `rates`, dearest first: its share of ingestion and storage.
///
/// # Errors
///
/// A price that the list lacks.
pub fn fields(
    list: &PriceList,
    subject: &Subject,
    assumed: &Assumptions,
    rates: &[Decimal],
) -> Result<Vec<Field>, PriceError> {
    let class = match assumed.infrequent {
        true => &item::LOG_INGESTION_INFREQUENT,
        false => &item::LOG_INGESTION,
    };
    let (ingestion, storage) = (list.price(class)?, list.price(&item::LOG_STORAGE)?);
    let seconds = assumed.get("days") * Decimal::from(86_400);
    let kept = assumed
        .retention_days
        .or(subject.retention_days)
        .unwrap_or(FOR_EVER);
    let months = Decimal::from(kept) / assumed.get("days");
    let amount = |bytes: Decimal, rate: &Decimal| {
        let written = gigabytes(bytes * rate * seconds);
        let stored = written * months * assumed.get("compression");
        ingestion.cost(written, Allowances::Used) + storage.cost(stored, Allowances::Used)
    };
    let names = subject.sample.fields.keys();
    // Metrics apart are lines of tasks, not of requests.
    let names = names.filter(|name| !(assumed.metrics_apart && *name == "_aws"));
    let mut fields: Vec<Field> = names
        .map(|name| {
            let bytes = subject.sample.sampled_field(name, assumed.get("sampled"));
            Field {
                name: name.clone(),
                bytes,
                amounts: rates.iter().map(|rate| amount(bytes, rate)).collect(),
            }
        })
        .collect();
    fields.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.name.cmp(&b.name)));
    Ok(fields)
}

/// What each dimension costs, dearest first: the metrics that have it beside those there would be without it, and what
/// one more value would add.
///
/// # Errors
///
/// A price that the list lacks.
pub fn dimensions(list: &PriceList, subject: &Subject) -> Result<Vec<Dimension>, PriceError> {
    let price = list.price(&item::METRIC)?;
    let names = subject.metrics.values().flatten().map(|(name, _)| name);
    let names: BTreeSet<&String> = names.collect();
    let all = metrics(subject, |_, values| values);
    let other = Decimal::from(subject.standing.of(crate::cost::standing::Class::Metric)) - all;
    let between =
        |from: Decimal, to: Decimal| price.cost_between(other + from, other + to, Allowances::Used);
    let mut dimensions: Vec<Dimension> = names
        .into_iter()
        .map(|dimension| {
            let without = metrics(subject, |name, values| match name == dimension {
                true => 1,
                false => values,
            });
            let with = metrics(subject, |name, values| match name == dimension {
                true => values + 1,
                false => values,
            });
            Dimension {
                name: dimension.clone(),
                metrics: all - without,
                amount: between(without, all),
                another_metrics: with - all,
                another_amount: between(all, with),
            }
        })
        .collect();
    dimensions.sort_by(|a, b| {
        let size = |one: &Dimension| (one.amount, one.another_amount);
        size(b).cmp(&size(a)).then_with(|| a.name.cmp(&b.name))
    });
    Ok(dimensions)
}

/// How many metrics there are with so many values of each dimension.
fn metrics(subject: &Subject, values_of: impl Fn(&str, usize) -> usize) -> Decimal {
    let counts = subject.metrics.values().map(|set| {
        let values = set
            .iter()
            .map(|(name, values)| values_of(name, (*values).max(1)));
        values.product::<usize>()
    });
    Decimal::from(counts.sum::<usize>())
}
