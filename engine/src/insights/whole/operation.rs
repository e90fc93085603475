use std::fmt;

use crate::insights::RunOptions;
use crate::insights::exec::Row;
use crate::insights::others::SourceError;
use crate::insights::plan::Slot;
use crate::insights::value::Value;

/// A command over all rows.
pub(in crate::insights) trait Whole: fmt::Debug + Send + Sync {
    /// Calls `visit` with every slot the command reads.
    fn for_each_slot(&self, visit: &mut dyn FnMut(Slot));
    /// The rows behind the command.
    fn apply(&self, rows: Vec<Row>, running: &mut Running<'_>) -> Vec<Row>;
}

/// The run a command is part of.
pub(in crate::insights) struct Running<'o> {
    /// How the query runs.
    pub(in crate::insights) options: &'o RunOptions,
    /// Remarks for the answer.
    pub(in crate::insights) notes: Vec<String>,
    /// Why there is no answer.
    pub(in crate::insights) refused: Option<SourceError>,
}

impl<'o> Running<'o> {
    /// A run at its start.
    pub(in crate::insights) fn new(options: &'o RunOptions) -> Self {
        Self {
            options,
            notes: Vec::new(),
            refused: None,
        }
    }

    /// Gives the run up; the first reason counts.
    pub(in crate::insights) fn refuse(&mut self, reason: SourceError) {
        self.refused.get_or_insert(reason);
    }
}

static MISSING: Value<'static> = Value::Null;

/// The value in a slot.
pub(super) fn value(row: &Row, slot: Slot) -> &Value<'static> {
    row.values.get(slot).unwrap_or(&MISSING)
}

/// Fills a slot; rows of an earlier shape grow.
pub(super) fn set(row: &mut Row, slot: Slot, value: Value<'static>) {
    if row.values.len() <= slot {
        row.values.resize(slot + 1, Value::Null);
    }
    if let Some(place) = row.values.get_mut(slot) {
        *place = value;
    }
}
