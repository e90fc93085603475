use regex::Regex;

use super::{Running, Whole, set};
use crate::insights::exec::{Row, eval};
use crate::insights::plan::{Scalar, Slot};
use crate::insights::value::Value;

/// `parse … multi`: one row for each match of a regex.
#[derive(Debug)]
pub(in crate::insights) struct Multi {
    /// The text.
    pub(in crate::insights) source: Scalar,
    /// What is looked for.
    pub(in crate::insights) regex: Regex,
    /// Capture groups and where they go.
    pub(in crate::insights) targets: Vec<(usize, Slot)>,
}

impl Whole for Multi {
    fn for_each_slot(&self, visit: &mut dyn FnMut(Slot)) {
        self.source.for_each_slot(visit);
    }

    /// A row where nothing matches stays as it is.
    fn apply(&self, rows: Vec<Row>, running: &mut Running<'_>) -> Vec<Row> {
        let mut out = Vec::new();
        for row in rows {
            let source = eval(&self.source, &row.values, running.options).into_owned();
            let Some(text) = source.display() else {
                out.push(row);
                continue;
            };
            let before = out.len();
            for captures in self.regex.captures_iter(&text) {
                let mut row = row.clone();
                for (group, slot) in &self.targets {
                    let found = captures.get(*group);
                    let found = found.map_or(Value::Null, |found| Value::text(found.as_str()));
                    set(&mut row, *slot, found);
                }
                out.push(row);
            }
            if out.len() == before {
                out.push(row);
            }
        }
        out
    }
}
