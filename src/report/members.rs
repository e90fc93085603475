use std::io::{self, Write};

use serde_json::{Map, Value};

use super::style::{ADDED, CHANGED, REMOVED, styled};
use super::values::short;

/// Two objects, member by member: what came, what went and what differs.
pub(super) fn write_changed(
    out: &mut dyn Write,
    indent: &str,
    before: &Value,
    after: &Value,
) -> io::Result<()> {
    let nothing = Map::new();
    let (old, new) = (
        before.as_object().unwrap_or(&nothing),
        after.as_object().unwrap_or(&nothing),
    );
    for (name, member) in new {
        let line = match old.get(name) {
            None => styled(ADDED, format_args!("+ {}", told(name, member))),
            Some(other) if other != member => {
                let change = format_args!("~ {} → {}", told(name, other), said(member));
                styled(CHANGED, change)
            }
            Some(_) => continue,
        };
        writeln!(out, "{indent}{line}")?;
    }
    for (name, _) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
        writeln!(out, "{indent}{}", styled(REMOVED, format_args!("- {name}")))?;
    }
    Ok(())
}

fn said(member: &Value) -> String {
    match short(member) {
        text if text.is_empty() => "(nothing)".to_owned(),
        text => text,
    }
}

fn told(name: &str, member: &Value) -> String {
    match short(member) {
        text if text.is_empty() => name.to_owned(),
        text => format!("{name}: {text}"),
    }
}
