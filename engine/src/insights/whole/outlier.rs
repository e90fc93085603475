use super::{Running, Whole, quartiles, set, value};
use crate::insights::exec::Row;
use crate::insights::plan::Slot;
use crate::insights::value::Value;

/// `outlier`: values far from the middle half of all.
#[derive(Debug)]
pub(in crate::insights) struct Outlier {
    /// Drops the rows instead of moving the values to the bound.
    pub(in crate::insights) remove: bool,
    /// How many interquartile ranges beyond a quartile a value may lie.
    pub(in crate::insights) factor: f64,
    /// Whether small values count too.
    pub(in crate::insights) lower: bool,
    /// The fields, each with the place of its mark where one is asked for.
    pub(in crate::insights) fields: Vec<(Slot, Option<Slot>)>,
}

impl Whole for Outlier {
    fn for_each_slot(&self, visit: &mut dyn FnMut(Slot)) {
        self.fields.iter().for_each(|(slot, _)| visit(*slot));
    }

    fn apply(&self, mut rows: Vec<Row>, running: &mut Running<'_>) -> Vec<Row> {
        running.notes.push(
            "`outlier` takes quartiles by nearest rank; CloudWatch does not publish its method, so that its bounds may differ"
                .to_owned(),
        );
        for (field, mark) in &self.fields {
            let numbers = rows.iter().filter_map(|row| number(row, *field));
            let Some((first, third)) = quartiles(numbers.collect()) else {
                continue;
            };
            let reach = self.factor * (third - first);
            let least = if self.lower {
                first - reach
            } else {
                f64::NEG_INFINITY
            };
            rows = self.bound(rows, *field, *mark, (least, third + reach));
        }
        rows
    }
}

impl Outlier {
    fn bound(
        &self,
        rows: Vec<Row>,
        field: Slot,
        mark: Option<Slot>,
        (least, most): (f64, f64),
    ) -> Vec<Row> {
        let bounded = rows.into_iter().filter_map(|mut row| {
            let Some(number) = number(&row, field) else {
                return Some(row);
            };
            let is_outlier = number < least || number > most;
            if is_outlier && self.remove {
                return None;
            }
            if is_outlier {
                set(&mut row, field, Value::float(number.clamp(least, most)));
            }
            if let Some(mark) = mark {
                set(&mut row, mark, Value::boolean(is_outlier));
            }
            Some(row)
        });
        bounded.collect()
    }
}

/// Moments are no numbers here.
fn number(row: &Row, slot: Slot) -> Option<f64> {
    match value(row, slot) {
        Value::Timestamp(_) => None,
        value => value.as_f64(),
    }
}
