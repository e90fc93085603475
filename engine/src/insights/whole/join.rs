use std::sync::Arc;

use super::{Running, Whole, set, value};
use crate::insights::choices;
use crate::insights::exec::Row;
use crate::insights::others::{Cell, Matches, SourceError};
use crate::insights::plan::Slot;
use crate::insights::value::Value;

/// `join`: a row for each pair of a row and a row of the subquery with an equal key.
#[derive(Debug)]
pub(in crate::insights) struct Join {
    /// The key of the rows.
    pub(in crate::insights) key: Slot,
    /// Whether rows without a partner stay.
    pub(in crate::insights) keep_left: bool,
    /// The rows of the subquery.
    pub(in crate::insights) matches: Cell<Matches>,
    /// Where their columns go; known once all names behind the command are.
    pub(in crate::insights) targets: Cell<Vec<Slot>>,
}

impl Whole for Join {
    fn for_each_slot(&self, visit: &mut dyn FnMut(Slot)) {
        visit(self.key);
    }

    fn apply(&self, rows: Vec<Row>, running: &mut Running<'_>) -> Vec<Row> {
        let none = Matches::default();
        let matches = self.matches.get().unwrap_or(&none);
        let targets = Arc::clone(&self.targets);
        let targets = targets.get().map_or(&[][..], Vec::as_slice);
        let mut joined = Vec::new();
        for row in rows {
            let before = joined.len();
            let partners = matches.of(value(&row, self.key));
            for partner in partners.take(choices::MAXIMUM_JOINED + 1 - before) {
                joined.push(pair(&row, targets, partner));
            }
            if joined.len() == before && self.keep_left {
                joined.push(row);
            }
            if joined.len() > choices::MAXIMUM_JOINED {
                running.refuse(SourceError::new(format!(
                    "`join` makes more than {} rows; filter the events of both sides or take a shorter time range",
                    choices::MAXIMUM_JOINED
                )));
                return Vec::new();
            }
        }
        joined
    }
}

fn pair(row: &Row, targets: &[Slot], partner: &[Value<'static>]) -> Row {
    let mut row = row.clone();
    for (slot, value) in targets.iter().zip(partner) {
        set(&mut row, *slot, value.clone());
    }
    row
}
