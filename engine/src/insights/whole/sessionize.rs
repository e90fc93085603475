use std::collections::BTreeMap;

use super::{Running, Whole, set, value};
use crate::base::Millis;
use crate::insights::choices;
use crate::insights::exec::Row;
use crate::insights::plan::Slot;
use crate::insights::value::Value;

/// `sessionize f, …`: which session of its identity a row belongs to.
#[derive(Debug)]
pub(in crate::insights) struct Sessionize {
    /// What tells identities apart.
    pub(in crate::insights) fields: Vec<Slot>,
    /// `@timestamp`.
    pub(in crate::insights) time: Slot,
    /// A longer pause, in milliseconds, starts a new session.
    pub(in crate::insights) gap: i64,
    /// Where the session's id goes.
    pub(in crate::insights) target: Slot,
}

impl Whole for Sessionize {
    fn for_each_slot(&self, visit: &mut dyn FnMut(Slot)) {
        visit(self.time);
        self.fields.iter().for_each(|slot| visit(*slot));
    }

    /// Rows keep their order; those without an identity or a moment have no session.
    fn apply(&self, mut rows: Vec<Row>, running: &mut Running<'_>) -> Vec<Row> {
        running.notes.push(
            "CloudWatch does not publish the form of session ids; these are identity and ordinal"
                .to_owned(),
        );
        let mut identities: BTreeMap<String, Vec<(Millis, usize)>> = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            if let (Some(identity), Value::Timestamp(at)) =
                (self.identity(row), value(row, self.time))
            {
                identities.entry(identity).or_default().push((*at, index));
            }
        }
        for (identity, mut events) in identities {
            events.sort_unstable();
            let (mut ordinal, mut last) = (0, None::<Millis>);
            for (at, index) in events {
                if last.is_none_or(|last| at.0.saturating_sub(last.0) > self.gap) {
                    ordinal += 1;
                }
                last = Some(at);
                if let Some(row) = rows.get_mut(index) {
                    set(
                        row,
                        self.target,
                        Value::text(format!("{identity}{}{ordinal}", choices::SESSION_SEPARATOR)),
                    );
                }
            }
        }
        rows
    }
}

impl Sessionize {
    fn identity(&self, row: &Row) -> Option<String> {
        let texts: Option<Vec<_>> = self
            .fields
            .iter()
            .map(|slot| value(row, *slot).display())
            .collect();
        Some(texts?.join(choices::SESSION_SEPARATOR))
    }
}
