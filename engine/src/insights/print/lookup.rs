use std::fmt;

use super::name::Segment;
use super::text::Joined;
use crate::insights::ast::Lookup;
use crate::insights::others::Match;

impl fmt::Display for Lookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = if self.overwrite {
            "OUTPUT"
        } else {
            "OUTPUTNEW"
        };
        let outputs = self.outputs.iter();
        match &self.by {
            Match::Texts(columns) => {
                let keys = columns.iter().zip(&self.keys);
                let keys: Vec<String> = keys
                    .map(|(column, key)| format!("{} as {key}", Segment(column, false)))
                    .collect();
                let outputs: Vec<String> = outputs.map(|(_, name)| name.to_string()).collect();
                write!(
                    f,
                    "lookup {} {} {word} {}",
                    self.table,
                    Joined(&keys, ", "),
                    Joined(&outputs, ", ")
                )
            }
            Match::Block(column) => {
                write!(f, "cidrlookup {} {}", self.table, Joined(&self.keys, ", "))?;
                if let Some(column) = column {
                    write!(f, " as {}", Segment(column, false))?;
                }
                let outputs: Vec<String> = outputs
                    .map(|(column, name)| format!("{} as {name}", Segment(column, false)))
                    .collect();
                write!(f, " {word} {}", Joined(&outputs, ", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::insights::parse::parse;

    #[test]
    fn lookups_and_subqueries_read_as_they_were_written() {
        for text in [
            "lookup t id as `user id`, k as k OUTPUTNEW name, `a b`",
            "cidrlookup t ip as net OUTPUT owner as who, x as x",
            "filter a not in (SOURCE \"g\" | filter b = 1 | fields b) and c = 1",
        ] {
            let (ast, found) = parse(text);
            assert!(found.is_empty(), "{text}: {found:?}");
            assert_eq!(ast.to_string(), text);
        }
    }
}
