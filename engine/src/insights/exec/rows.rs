use std::cmp::Ordering;

use super::rowwise::apply;
use crate::base::{FastSet, Millis};
use crate::insights::RunOptions;
use crate::insights::plan::{Key, Operator, Slot};
use crate::insights::value::{Number, Value, natural_order, sort_number};
use crate::insights::whole::Running;

/// A row that outlives its event.
#[derive(Clone, Debug)]
pub(in crate::insights) struct Row {
    /// Values by slot.
    pub(in crate::insights) values: Vec<Value<'static>>,
    /// The event's moment; the epoch for rows of `stats`.
    pub(in crate::insights) at: Millis,
    /// The event's position; none for rows of `stats`.
    pub(in crate::insights) position: Option<u64>,
}

/// A row as an order sees it.
#[derive(Clone, Copy)]
pub(super) struct View<'v, 'r> {
    pub(super) values: &'v [Value<'r>],
    pub(super) at: Millis,
    pub(super) position: Option<u64>,
}

impl Row {
    fn view(&self) -> View<'_, 'static> {
        View {
            values: &self.values,
            at: self.at,
            position: self.position,
        }
    }
}

/// Compares by `sort` keys, a missing slot as a missing value.
fn by_keys(keys: &[Key], a: &[Value<'_>], b: &[Value<'_>]) -> Ordering {
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
fn by_event_order(keys: &[Key], a: View<'_, '_>, b: View<'_, '_>) -> Ordering {
    by_keys(keys, a.values, b.values)
        .then_with(|| b.at.cmp(&a.at))
        .then_with(|| a.position.cmp(&b.position))
}

fn value<'v, 'r>(values: &'v [Value<'r>], slot: Slot) -> &'v Value<'r> {
    values.get(slot).unwrap_or(&Value::Null)
}

/// The best rows by an order, never many more than the limit.
pub(super) struct Best<'k> {
    keys: &'k [Key],
    limit: usize,
    rows: Vec<Row>,
    /// Whether as many rows as the limit are in order at the front.
    full: bool,
    /// A row that as many as the limit are known to precede.
    bound: Option<Row>,
    /// The number by which the first key ranks the last of the best.
    worst_number: Option<Number>,
}

impl<'k> Best<'k> {
    pub(super) fn new(keys: &'k [Key], limit: usize) -> Self {
        Self {
            keys,
            limit,
            rows: Vec::new(),
            full: false,
            bound: None,
            worst_number: None,
        }
    }

    /// The best among rows that come before `bound`.
    pub(super) fn within(keys: &'k [Key], limit: usize, bound: Option<Row>) -> Self {
        let mut best = Self {
            bound,
            ..Self::new(keys, limit)
        };
        best.rank_worst();
        best
    }

    /// The last of the best, if there are as many as the limit.
    pub(super) fn worst(&self) -> Option<&Row> {
        let last = self.rows.get(self.limit.wrapping_sub(1));
        last.filter(|_| self.full).or(self.bound.as_ref())
    }

    /// Whether a row can still be among the best; those that cannot need not be copied.
    pub(super) fn admits(&self, row: View<'_, '_>) -> bool {
        match self.by_number(row) {
            Ordering::Less => return true,
            Ordering::Greater => return false,
            Ordering::Equal => {}
        }
        self.worst()
            .is_none_or(|worst| by_event_order(self.keys, row, worst.view()).is_lt())
    }

    /// How the row compares with the last of the best by the first key alone, where both have numbers there.
    fn by_number(&self, row: View<'_, '_>) -> Ordering {
        let (Some(key), Some(worst)) = (self.keys.first(), self.worst_number) else {
            return Ordering::Equal;
        };
        let number = sort_number(value(row.values, key.slot));
        let ordering = number.map_or(Ordering::Equal, |number| number.compare(worst));
        if key.descending {
            ordering.reverse()
        } else {
            ordering
        }
    }

    fn rank_worst(&mut self) {
        let first = self.keys.first();
        let worst = self.worst().zip(first);
        self.worst_number = worst.and_then(|(row, key)| sort_number(value(&row.values, key.slot)));
    }

    pub(super) fn push(&mut self, row: Row) {
        self.rows.push(row);
        if self.rows.len() >= self.limit.saturating_mul(2).max(64) {
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
        self.rows
            .sort_by(|a, b| by_event_order(keys, a.view(), b.view()));
        self.rows.truncate(self.limit);
        self.full = self.rows.len() == self.limit;
        self.rank_worst();
    }
}

/// Applies operations to rows that are all there.
pub(super) fn apply_all(
    mut rows: Vec<Row>,
    operators: &[Operator],
    running: &mut Running<'_>,
) -> Vec<Row> {
    for operator in operators {
        match operator {
            Operator::Sort(keys) => rows.sort_by(|a, b| by_keys(keys, &a.values, &b.values)),
            Operator::Limit(count) => rows.truncate(*count),
            Operator::Tail(count) => {
                let skipped = rows.len().saturating_sub(*count);
                rows.drain(..skipped);
            }
            Operator::Dedup(slots) => dedup(&mut rows, slots),
            Operator::Whole(whole) => rows = whole.apply(rows, running),
            rowwise => rows = each(rows, rowwise, running.options),
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
                value(&row.values, *slot)
                    .display()
                    .map(std::borrow::Cow::into_owned)
            })
            .collect();
        texts.is_none_or(|texts| seen.insert(texts))
    });
}
