use rust_decimal::Decimal;

use super::{Assumptions, Subject};
use crate::cost::prices::item;
use crate::cost::services::gigabytes;
use crate::cost::{Allowances, PriceError, PriceList, Usd};

/// Something that makes the bill larger, and by how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Driver {
    /// The field or the dimension.
    pub name: String,
    /// Bytes in a request's lines, or metrics that it multiplies to.
    pub size: Decimal,
    /// What it costs a month.
    pub amount: Usd,
}

/// What each field of the log costs at `rate` requests a second, dearest first: its share of ingestion and storage.
///
/// # Errors
///
/// A price that the list lacks.
pub fn fields(
    list: &PriceList,
    subject: &Subject,
    assumed: &Assumptions,
    rate: Decimal,
) -> Result<Vec<Driver>, PriceError> {
    let class = match assumed.infrequent {
        true => &item::LOG_INGESTION_INFREQUENT,
        false => &item::LOG_INGESTION,
    };
    let (ingestion, storage) = (list.price(class)?, list.price(&item::LOG_STORAGE)?);
    let seconds = assumed.get("days") * Decimal::from(86_400);
    let kept = assumed
        .retention_days
        .or(subject.retention_days)
        .unwrap_or(365);
    let months = Decimal::from(kept) / assumed.get("days");
    let sample = &subject.sample;
    let mut drivers: Vec<Driver> = Vec::new();
    for (name, bytes) in &sample.fields {
        let size = sample.per_request(*bytes);
        let written = gigabytes(size * rate * seconds);
        let stored = written * months * assumed.get("compression");
        drivers.push(Driver {
            name: name.clone(),
            size,
            amount: ingestion.cost(written, Allowances::Used)
                + storage.cost(stored, Allowances::Used),
        });
    }
    drivers.sort_by(|a, b| b.amount.cmp(&a.amount).then_with(|| a.name.cmp(&b.name)));
    Ok(drivers)
}

/// What each dimension costs, dearest first: the metrics that have it beside those there would be without it.
///
/// # Errors
///
/// A price that the list lacks.
pub fn dimensions(list: &PriceList, subject: &Subject) -> Result<Vec<Driver>, PriceError> {
    let price = list.price(&item::METRIC)?;
    let combinations = |dimensions: &[(String, usize)], without: Option<&str>| -> usize {
        let kept = dimensions
            .iter()
            .filter(|(name, _)| Some(name.as_str()) != without);
        kept.map(|(_, values)| (*values).max(1)).product()
    };
    let total = |without: Option<&str>| -> Decimal {
        let counts = subject
            .metrics
            .values()
            .map(|set| combinations(set, without));
        Decimal::from(counts.sum::<usize>())
    };
    let names = subject.metrics.values().flatten().map(|(name, _)| name);
    let names: std::collections::BTreeSet<&String> = names.collect();
    let all = total(None);
    let mut drivers: Vec<Driver> = names
        .into_iter()
        .map(|name| {
            let without = total(Some(name));
            Driver {
                name: name.clone(),
                size: all - without,
                amount: price.cost_between(without, all, Allowances::Used),
            }
        })
        .collect();
    drivers.sort_by(|a, b| b.amount.cmp(&a.amount).then_with(|| a.name.cmp(&b.name)));
    Ok(drivers)
}
