use super::{Running, Whole, set, value};
use crate::insights::exec::Row;
use crate::insights::plan::Slot;

/// `autoregress f p=1-3`: values of earlier rows.
#[derive(Debug)]
pub(in crate::insights) struct Autoregress {
    /// What is looked back at.
    pub(in crate::insights) field: Slot,
    /// How many rows earlier, and where that value goes.
    pub(in crate::insights) targets: Vec<(usize, Slot)>,
}

impl Whole for Autoregress {
    fn for_each_slot(&self, visit: &mut dyn FnMut(Slot)) {
        visit(self.field);
    }

    fn apply(&self, mut rows: Vec<Row>, _: &mut Running<'_>) -> Vec<Row> {
        for index in 0..rows.len() {
            for (back, slot) in &self.targets {
                let earlier = index.checked_sub(*back).and_then(|at| rows.get(at));
                let found = earlier.map(|row| value(row, self.field).clone());
                if let (Some(found), Some(row)) = (found, rows.get_mut(index)) {
                    set(row, *slot, found);
                }
            }
        }
        rows
    }
}
