use super::{Running, Whole, set, value};
use crate::insights::exec::Row;
use crate::insights::others::Cell;
use crate::insights::plan::Slot;
use crate::insights::value::Value;

/// `appendcols`: the columns of a subquery beside the rows, by position.
#[derive(Debug)]
pub(in crate::insights) struct AppendCols {
    /// Where each column goes; none for one that is left out.
    pub(in crate::insights) targets: Vec<Option<Slot>>,
    /// Whether values that are there are overwritten.
    pub(in crate::insights) overwrite: bool,
    /// The columns of the subquery, row by row.
    pub(in crate::insights) columns: Cell<Vec<Vec<Value<'static>>>>,
}

impl Whole for AppendCols {
    fn for_each_slot(&self, visit: &mut dyn FnMut(Slot)) {
        self.targets.iter().flatten().for_each(|slot| visit(*slot));
    }

    /// Rows beyond those of the subquery stay as they are, rows of the subquery beyond these are left out.
    /// A missing value overwrites nothing.
    fn apply(&self, mut rows: Vec<Row>, _: &mut Running<'_>) -> Vec<Row> {
        let columns = self.columns.get().map_or(&[][..], Vec::as_slice);
        for (row, columns) in rows.iter_mut().zip(columns) {
            for (slot, column) in self.targets.iter().zip(columns) {
                let Some(slot) = slot else { continue };
                let is_free = self.overwrite || value(row, *slot).is_null();
                if is_free && !column.is_null() {
                    set(row, *slot, column.clone());
                }
            }
        }
        rows
    }
}
