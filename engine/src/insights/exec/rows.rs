use std::cmp::Ordering;

use super::rowwise::apply;
use crate::base::{FastSet, Millis};
use crate::insights::RunOptions;
use crate::insights::plan::{Key, Operator, Slot};
use crate::insights::value::{Value, natural_order};

/// A row that outlives its event.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Values by slot.
    pub(super) values: Vec<Value<'static>>,
    /// The event's moment; the epoch for rows of `stats`.
    pub(super) at: Millis,
    /// The event's position; none for rows of `stats`.
    pub(super) position: Option<u64>,
}

/// Compares by `sort` keys, a missing slot as a missing value.
pub(super) fn by_keys(keys: &[Key], a: &Row, b: &Row) -> Ordering {
    for key in keys {
        let ordering = natural_order(value(a, key.slot), value(b, key.slot));
        let ordering = if key.descending {
            ordering.reverse()
        } else {
            ordering
        };
        if ordering.is_ne() {
            return ordering;
        }
    }
    Ordering::Equal
}

/// The order of events: `sort` keys, then newest first, then order of arrival.
pub(super) fn by_event_order(keys: &[Key], a: &Row, b: &Row) -> Ordering {
    by_keys(keys, a, b)
        .then_with(|| b.at.cmp(&a.at))
        .then_with(|| a.position.cmp(&b.position))
}

fn value(row: &Row, slot: Slot) -> &Value<'static> {
    row.values.get(slot).unwrap_or(&Value::Null)
}

/// The best rows by an order, never many more than the limit.
pub(super) struct Best<'k> {
    keys: &'k [Key],
    limit: usize,
    rows: Vec<Row>,
}

impl<'k> Best<'k> {
    pub(super) fn new(keys: &'k [Key], limit: usize) -> Self {
        Self {
            keys,
            limit,
            rows: Vec::new(),
        }
    }

    pub(super) fn push(&mut self, row: Row) {
        self.rows.push(row);
        if self.rows.len() >= self.limit.saturating_mul(2).max(1024) {
            self.prune();
        }
    }

    pub(super) fn extend(&mut self, rows: Vec<Row>) {
        rows.into_iter().for_each(|row| self.push(row));
    }

    /// The rows in order.
    pub(super) fn finish(mut self) -> Vec<Row> {
        self.prune();
        self.rows
    }

    fn prune(&mut self) {
        let keys = self.keys;
        self.rows.sort_by(|a, b| by_event_order(keys, a, b));
        self.rows.truncate(self.limit);
    }
}

/// Applies operations to rows that are all there.
pub(super) fn apply_all(
    mut rows: Vec<Row>,
    operators: &[Operator],
    options: &RunOptions,
) -> Vec<Row> {
    for operator in operators {
        match operator {
            Operator::Sort(keys) => rows.sort_by(|a, b| by_keys(keys, a, b)),
            Operator::Limit(count) => rows.truncate(*count),
            Operator::Tail(count) => {
                let skipped = rows.len().saturating_sub(*count);
                rows.drain(..skipped);
            }
            Operator::Dedup(slots) => dedup(&mut rows, slots),
            rowwise => rows = each(rows, rowwise, options),
        }
    }
    rows
}

fn each(rows: Vec<Row>, operator: &Operator, options: &RunOptions) -> Vec<Row> {
    rows.into_iter()
        .filter_map(|row| {
            let mut values = row.values;
            let stays = apply(operator, &mut values, options);
            let values = values.into_iter().map(Value::into_owned).collect();
            stays.then_some(Row { values, ..row })
        })
        .collect()
}

fn dedup(rows: &mut Vec<Row>, slots: &[Slot]) {
    let mut seen: FastSet<Vec<String>> = FastSet::default();
    rows.retain(|row| {
        let texts: Option<Vec<String>> = slots
            .iter()
            .map(|slot| {
                value(row, *slot)
                    .display()
                    .map(std::borrow::Cow::into_owned)
            })
            .collect();
        texts.is_none_or(|texts| seen.insert(texts))
    });
}
