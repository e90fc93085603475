use super::{Running, Whole, set, value};
use crate::insights::exec::Row;
use crate::insights::plan::Slot;
use crate::insights::value::{Part, Step, Structure, Value, parse_structure};

/// `expand f`: one row for each element of an array; the field takes the element.
#[derive(Debug)]
pub(in crate::insights) struct Expand {
    /// The field.
    pub(in crate::insights) field: Slot,
    /// For a field of the event, whose arrays are flattened: the message and the way to the array in it.
    pub(in crate::insights) event: Option<(Slot, Vec<Step>)>,
    /// Whether a row without an array goes.
    pub(in crate::insights) drops_missing: bool,
}

impl Whole for Expand {
    fn for_each_slot(&self, visit: &mut dyn FnMut(Slot)) {
        visit(self.field);
        if let Some((message, _)) = &self.event {
            visit(*message);
        }
    }

    fn apply(&self, rows: Vec<Row>, _: &mut Running<'_>) -> Vec<Row> {
        let mut out = Vec::new();
        for row in rows {
            let Some(list) = self.list(&row) else {
                if !self.drops_missing {
                    out.push(row);
                }
                continue;
            };
            for element in list.iter() {
                let mut row = row.clone();
                set(&mut row, self.field, element.value());
                out.push(row);
            }
        }
        out
    }
}

impl Expand {
    fn list(&self, row: &Row) -> Option<std::sync::Arc<[Part]>> {
        let found = match (value(row, self.field), &self.event) {
            (Value::Structure(structure), _) => Some(structure.clone()),
            (Value::Text(text), _) => parse_structure(text),
            (Value::Null, Some((message, path))) => in_event(value(row, *message), path),
            _ => None,
        };
        match found {
            Some(Structure::List(list)) => Some(list),
            _ => None,
        }
    }
}

fn in_event(message: &Value<'_>, path: &[Step]) -> Option<Structure> {
    let event = parse_structure(&message.display()?)?;
    match event.get(path) {
        Value::Structure(structure) => Some(structure),
        _ => None,
    }
}
