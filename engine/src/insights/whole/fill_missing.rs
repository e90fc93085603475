use std::collections::{BTreeMap, BTreeSet};

use super::{Running, Whole, set, value};
use crate::base::Millis;
use crate::insights::choices;
use crate::insights::exec::Row;
use crate::insights::period::Period;
use crate::insights::plan::Slot;
use crate::insights::value::Value;

/// `fillmissing [with v for f, …]`: rows for the bins without events.
#[derive(Debug)]
pub(in crate::insights) struct FillMissing {
    /// The key made by `bin`.
    pub(in crate::insights) bin: Slot,
    /// How long a bin is.
    pub(in crate::insights) period: Period,
    /// How far the bins are shifted, in milliseconds.
    pub(in crate::insights) offset: i64,
    /// The other keys of the `stats` before.
    pub(in crate::insights) keys: Vec<Slot>,
    /// What new rows hold, and where.
    pub(in crate::insights) values: Vec<(Slot, Value<'static>)>,
    /// Whether the whole time range is filled.
    pub(in crate::insights) whole_range: bool,
}

type Keys = Vec<Option<String>>;

impl Whole for FillMissing {
    fn for_each_slot(&self, visit: &mut dyn FnMut(Slot)) {
        visit(self.bin);
        self.keys.iter().for_each(|slot| visit(*slot));
        self.values.iter().for_each(|(slot, _)| visit(*slot));
    }

    /// Between the first and the last bin present, for each combination of the other keys; in the
    /// direction of time that the rows have.
    fn apply(&self, mut rows: Vec<Row>, running: &mut Running<'_>) -> Vec<Row> {
        let times: Vec<Millis> = rows.iter().filter_map(|row| self.time(row)).collect();
        let (Some(first), Some(last)) = (times.iter().min(), times.iter().max()) else {
            return rows;
        };
        let (mut first, mut last) = (*first, *last);
        if self.whole_range {
            let range = running.options.range;
            first = self.period.floor(range.start.plus(-self.offset));
            last = self.period.floor(range.end.plus(-self.offset));
        }
        let rises = times.first() < times.last();
        let filled = self.missing(&rows, first, last, running);
        rows.extend(filled);
        rows.sort_by(|a, b| {
            let order = self.time(a).cmp(&self.time(b));
            if rises { order } else { order.reverse() }
        });
        rows
    }
}

impl FillMissing {
    fn time(&self, row: &Row) -> Option<Millis> {
        match value(row, self.bin) {
            Value::Timestamp(at) => Some(at.plus(-self.offset)),
            _ => None,
        }
    }

    fn missing(
        &self,
        rows: &[Row],
        first: Millis,
        last: Millis,
        running: &mut Running<'_>,
    ) -> Vec<Row> {
        let mut groups: BTreeMap<Keys, (&Row, BTreeSet<Millis>)> = BTreeMap::new();
        for row in rows {
            let keys = self.keys.iter().map(|slot| text(row, *slot)).collect();
            let (_, present) = groups.entry(keys).or_insert((row, BTreeSet::new()));
            present.extend(self.time(row));
        }
        let mut filled = Vec::new();
        for (row, present) in groups.values() {
            let mut at = first;
            while at <= last {
                if rows.len() + filled.len() >= choices::MAXIMUM_LIMIT {
                    running.notes.push(too_many());
                    return filled;
                }
                if !present.contains(&at) {
                    filled.push(self.row(row, at));
                }
                let next = self.period.next(at);
                if next <= at {
                    break;
                }
                at = next;
            }
        }
        filled
    }

    fn row(&self, like: &Row, at: Millis) -> Row {
        let mut row = Row {
            values: vec![Value::Null; like.values.len()],
            at: like.at,
            position: None,
        };
        for slot in &self.keys {
            set(&mut row, *slot, value(like, *slot).clone());
        }
        for (slot, value) in &self.values {
            set(&mut row, *slot, value.clone());
        }
        set(&mut row, self.bin, Value::Timestamp(at.plus(self.offset)));
        row
    }
}

fn text(row: &Row, slot: Slot) -> Option<String> {
    value(row, slot).display().map(|text| text.into_owned())
}

fn too_many() -> String {
    format!(
        "`fillmissing` stopped at {} rows; take a longer bin or a shorter time range",
        choices::MAXIMUM_LIMIT
    )
}
