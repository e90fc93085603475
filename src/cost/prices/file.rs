use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Certainty, Price, PriceError, Tier};
use crate::cost::Usd;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    service: String,
    item: String,
    unit: String,
    tiers: Vec<TierRow>,
    free: String,
    region: String,
    as_of: String,
    sources: Vec<String>,
    certainty: Certainty,
    note: String,
    free_in_tiers: bool,
}

/// Numbers are read from their digits: a float would already have lost the price.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TierRow {
    up_to: Option<Box<RawValue>>,
    price: Box<RawValue>,
}

/// Reads the rows of a price list.
pub(super) fn read(text: &str) -> Result<Vec<Price>, PriceError> {
    let rows: Vec<Row> = serde_json::from_str(text).map_err(PriceError::Shape)?;
    rows.into_iter()
        .enumerate()
        .map(|(index, row)| price(index + 1, row))
        .collect()
}

fn price(number: usize, row: Row) -> Result<Price, PriceError> {
    let wrong = |reason: String| PriceError::Row {
        row: number,
        service: row.service.clone(),
        item: row.item.clone(),
        reason,
    };
    let per = per(&row.unit).map_err(wrong)?;
    let tiers = row.tiers.iter().map(tier).collect::<Result<Vec<_>, _>>();
    let tiers = tiers.map_err(wrong)?;
    check_tiers(&row, &tiers).map_err(wrong)?;
    if row.sources.is_empty() {
        return Err(wrong("no source is named".to_owned()));
    }
    if !is_date(&row.as_of) {
        let found = &row.as_of;
        return Err(wrong(format!(
            "`{found}` is no date; expected YYYY, YYYY-MM or YYYY-MM-DD"
        )));
    }
    Ok(Price {
        service: row.service,
        item: row.item,
        unit: row.unit,
        per,
        tiers,
        free: row.free,
        free_in_tiers: row.free_in_tiers,
        allowance: None,
        region: row.region,
        as_of: row.as_of,
        sources: row.sources,
        certainty: row.certainty,
        note: row.note,
    })
}

/// `1,000 requests` are a thousand, `GB ingested` is one.
fn per(unit: &str) -> Result<Decimal, String> {
    let digits: String = unit
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == ',')
        .filter(char::is_ascii_digit)
        .collect();
    if digits.is_empty() {
        return Ok(Decimal::ONE);
    }
    let number = digits.parse::<Decimal>().ok();
    number
        .filter(|number| !number.is_zero())
        .ok_or_else(|| format!("`{unit}` is no unit"))
}

fn tier(row: &TierRow) -> Result<Tier, String> {
    let up_to = row.up_to.as_deref().map(number).transpose()?;
    Ok(Tier {
        up_to,
        price: Usd::new(number(&row.price)?),
    })
}

fn number(text: &RawValue) -> Result<Decimal, String> {
    let text = text.get();
    let parsed = text.parse::<Decimal>().ok();
    parsed
        .filter(|number| !number.is_sign_negative())
        .ok_or_else(|| format!("`{text}` is no price and no bound; expected a number from 0"))
}

/// Bounds rise, the last tier has none, and what is free in the tiers stands first.
fn check_tiers(row: &Row, tiers: &[Tier]) -> Result<(), String> {
    let Some((last, bounded)) = tiers.split_last() else {
        return match row.unit.as_str() {
            "composite" => Ok(()),
            _ => Err("no tier; expected one at least".to_owned()),
        };
    };
    if last.up_to.is_some() {
        return Err("the last tier has a bound; expected `\"up_to\": null`".to_owned());
    }
    let mut lower = Decimal::ZERO;
    for tier in bounded {
        match tier.up_to {
            Some(bound) if bound > lower => lower = bound,
            Some(bound) => return Err(format!("the bound {bound} does not rise")),
            None => return Err("a tier without bound stands before others".to_owned()),
        }
    }
    let starts_free = tiers.len() > 1 && tiers[0].price.is_zero();
    if row.free_in_tiers != starts_free {
        let reason = "`free_in_tiers` says whether the first of several tiers costs nothing";
        return Err(reason.to_owned());
    }
    Ok(())
}

/// `2026`, `2026-08`, `2026-08-06`, `2024-2026`.
fn is_date(text: &str) -> bool {
    let digits =
        |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [year] => digits(year, 4),
        [year, other] => digits(year, 4) && (digits(other, 2) || digits(other, 4)),
        [year, month, day] => digits(year, 4) && digits(month, 2) && digits(day, 2),
        _ => false,
    }
}
