use super::{Running, Whole, set, value};
use crate::insights::exec::Row;
use crate::insights::plan::Slot;
use crate::insights::value::Value;

/// `filldown f …`: a missing value takes the last one before it.
#[derive(Debug)]
pub(in crate::insights) struct FillDown {
    /// The fields.
    pub(in crate::insights) fields: Vec<Slot>,
}

impl Whole for FillDown {
    fn for_each_slot(&self, visit: &mut dyn FnMut(Slot)) {
        self.fields.iter().for_each(|slot| visit(*slot));
    }

    fn apply(&self, mut rows: Vec<Row>, _: &mut Running<'_>) -> Vec<Row> {
        for slot in &self.fields {
            let mut last = Value::Null;
            for row in &mut rows {
                match value(row, *slot) {
                    Value::Null => set(row, *slot, last.clone()),
                    present => last = present.clone(),
                }
            }
        }
        rows
    }
}
