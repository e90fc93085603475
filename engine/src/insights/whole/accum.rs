use super::{Running, Total, Whole, set, value};
use crate::insights::exec::Row;
use crate::insights::plan::Slot;
use crate::insights::value::Value;

/// `accum f [as name]`: the running sum in the present order of rows.
#[derive(Debug)]
pub(in crate::insights) struct Accum {
    /// What is summed.
    pub(in crate::insights) field: Slot,
    /// Where the sum goes; the field itself where no name is written.
    pub(in crate::insights) target: Slot,
    /// Whether a row without a number shows nothing.
    pub(in crate::insights) skips_missing: bool,
}

impl Whole for Accum {
    fn for_each_slot(&self, visit: &mut dyn FnMut(Slot)) {
        visit(self.field);
    }

    /// A row without a number shows the sum so far.
    fn apply(&self, mut rows: Vec<Row>, _: &mut Running<'_>) -> Vec<Row> {
        let mut total = Total::default();
        for row in &mut rows {
            let is_number = value(row, self.field).number().is_some();
            total.add(value(row, self.field));
            let sum = if is_number || !self.skips_missing {
                total.value()
            } else {
                Value::Null
            };
            set(row, self.target, sum);
        }
        rows
    }
}
