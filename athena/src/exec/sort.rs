use std::cmp::Ordering;

use super::Row;
use super::env::Env;
use super::eval::eval;
use super::gather::gather;
use super::open::Open;
use crate::plan::SortKey;
use crate::refusal::Judged;
use crate::value::{Value, compare};

/// Below so many rows nothing is thrown away before the end.
const LEAST_KEPT: usize = 1024;

type Keyed = (Vec<Value>, Row);

/// The rows in their order; at most so many. Rows of equal keys stay in the order in which they were read.
pub(super) fn rows(
    input: &Open<'_>,
    keys: &[SortKey],
    most: Option<usize>,
    env: &Env<'_>,
) -> Judged<Vec<Row>> {
    let states = gather(input, env, &Vec::new, &|kept: &mut Vec<Keyed>, row| {
        let of: Judged<Vec<Value>> = keys
            .iter()
            .map(|key| eval(&key.by, row, env).map(|value| value.into_owned()))
            .collect();
        kept.push((of?, row.to_vec()));
        if let Some(most) = most
            && kept.len() >= LEAST_KEPT.max(most.saturating_mul(2))
        {
            cut(kept, keys, most);
        }
        Ok(true)
    })?;
    let mut all: Vec<Keyed> = states.into_iter().flatten().collect();
    cut(&mut all, keys, most.unwrap_or(usize::MAX));
    Ok(all.into_iter().map(|(_, row)| row).collect())
}

fn cut(rows: &mut Vec<Keyed>, keys: &[SortKey], most: usize) {
    rows.sort_by(|(one, _), (other, _)| compare_keys(one, other, keys));
    rows.truncate(most);
}

/// The order of two rows by the values of their keys.
pub(super) fn compare_keys(one: &[Value], other: &[Value], keys: &[SortKey]) -> Ordering {
    for ((one, other), key) in one.iter().zip(other).zip(keys) {
        let order = match (one.is_null(), other.is_null()) {
            (false, false) if key.descending => compare(other, one),
            (false, false) => compare(one, other),
            (one, other) if key.nulls_first => other.cmp(&one),
            (one, other) => one.cmp(&other),
        };
        if order.is_ne() {
            return order;
        }
    }
    Ordering::Equal
}
