use super::{Running, Total, Whole, set, value};
use crate::base::Millis;
use crate::insights::exec::Row;
use crate::insights::plan::Slot;
use crate::insights::value::Value;

/// `addtotals`: the sum of each row, and a row of the sums of columns.
#[derive(Debug)]
pub(in crate::insights) struct AddTotals {
    /// The columns summed; those that hold other things than numbers do not count.
    pub(in crate::insights) fields: Vec<Slot>,
    /// Where the sum of a row goes, if it is asked for.
    pub(in crate::insights) row: Option<Slot>,
    /// Whether a row of sums follows at the end.
    pub(in crate::insights) column: bool,
}

impl Whole for AddTotals {
    fn for_each_slot(&self, visit: &mut dyn FnMut(Slot)) {
        self.fields.iter().for_each(|slot| visit(*slot));
    }

    fn apply(&self, mut rows: Vec<Row>, _: &mut Running<'_>) -> Vec<Row> {
        let is_numeric = |slot: &Slot| rows.iter().all(|row| is_numeric(value(row, *slot)));
        let mut numeric: Vec<Slot> = self.fields.iter().copied().filter(is_numeric).collect();
        if let Some(target) = self.row {
            for row in &mut rows {
                let mut total = Total::default();
                numeric.iter().for_each(|slot| total.add(value(row, *slot)));
                set(row, target, total.value());
            }
            numeric.push(target);
        }
        if self.column && !rows.is_empty() {
            rows.push(sums(&rows, &numeric));
        }
        rows
    }
}

/// A column counts as numeric where every value in it is a number or missing; moments are none.
fn is_numeric(value: &Value<'_>) -> bool {
    match value {
        Value::Null => true,
        Value::Timestamp(_) => false,
        value => value.number().is_some(),
    }
}

fn sums(rows: &[Row], numeric: &[Slot]) -> Row {
    let mut sums = Row {
        values: vec![Value::Null; rows.first().map_or(0, |row| row.values.len())],
        at: Millis(0),
        position: None,
    };
    for slot in numeric {
        let mut total = Total::default();
        rows.iter().for_each(|row| total.add(value(row, *slot)));
        set(&mut sums, *slot, total.value());
    }
    sums
}
