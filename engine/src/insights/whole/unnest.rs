use super::{Running, Whole, set};
use crate::insights::exec::{Row, eval};
use crate::insights::plan::{Scalar, Slot};
use crate::insights::value::{Part, Structure, Value};

/// `unnest expr into name`: one row for each element of a list.
#[derive(Debug)]
pub(in crate::insights) struct Unnest {
    /// The list.
    pub(in crate::insights) list: Scalar,
    /// Where the element goes.
    pub(in crate::insights) target: Slot,
    /// Whether a row without a list stays.
    pub(in crate::insights) keeps_missing: bool,
}

impl Whole for Unnest {
    fn for_each_slot(&self, visit: &mut dyn FnMut(Slot)) {
        self.list.for_each_slot(visit);
    }

    /// What is no list acts as a list of one element (CloudWatch Logs user guide, `unnest`).
    fn apply(&self, rows: Vec<Row>, running: &mut Running<'_>) -> Vec<Row> {
        let mut out = Vec::new();
        for row in rows {
            let elements: Vec<Value<'static>> = match eval(&self.list, &row.values, running.options)
                .into_owned()
            {
                Value::Structure(Structure::List(list)) => list.iter().map(Part::value).collect(),
                Value::Null if !self.keeps_missing => Vec::new(),
                single => vec![single],
            };
            for element in elements {
                let mut row = row.clone();
                set(&mut row, self.target, element);
                out.push(row);
            }
        }
        out
    }
}
