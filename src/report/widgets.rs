use std::io::{self, Write};

use serde_json::Value;

use super::plan::style_of;
use super::style::{ADDED, REMOVED, styled};
use super::{text_diff, values};
use crate::provision::{Action, Difference, WidgetChange};

/// A widget that came, went or differs, under its title and place.
pub(super) fn write(out: &mut dyn Write, change: &WidgetChange) -> io::Result<()> {
    let place = match (change.place, change.action) {
        (None, _) => String::new(),
        (Some((x, y)), Action::Delete) => format!(" (was at {x},{y})"),
        (Some((x, y)), _) => format!(" (at {x},{y})"),
    };
    let sign = change.action.sign();
    let heading = format!("{sign} widget \"{}\"", change.title);
    writeln!(
        out,
        "    {}{place}",
        styled(style_of(change.action), heading)
    )?;
    let mut differences = change.differences.iter();
    differences.try_for_each(|difference| write_difference(out, difference))
}

fn write_difference(out: &mut dyn Write, difference: &Difference) -> io::Result<()> {
    let Difference {
        what,
        before,
        after,
    } = difference;
    let is_list = |side: &Value| side.is_array();
    if let (Some((came, went)), true) = (difference.entries(), is_list(before) || is_list(after)) {
        return write_entries(out, what, &came, &went);
    }
    if values::is_long(before) || values::is_long(after) {
        writeln!(out, "        {what}:")?;
        return text_diff::write(
            out,
            "          ",
            &values::lines(before),
            &values::lines(after),
        );
    }
    let (before, after) = (unquoted(what, before), unquoted(what, after));
    writeln!(out, "        {what}: {before} → {after}")
}

/// Entries as the body has them, one a line.
fn write_entries(
    out: &mut dyn Write,
    what: &str,
    came: &[&Value],
    went: &[&Value],
) -> io::Result<()> {
    if came.is_empty() && went.is_empty() {
        return writeln!(out, "        {what}: in another order");
    }
    writeln!(out, "        {what}:")?;
    for entry in went {
        writeln!(
            out,
            "          {}",
            styled(REMOVED, format_args!("- {entry}"))
        )?;
    }
    for entry in came {
        writeln!(
            out,
            "          {}",
            styled(ADDED, format_args!("+ {entry}"))
        )?;
    }
    Ok(())
}

/// Places and sizes are texts without being ones.
fn unquoted(what: &str, value: &Value) -> String {
    match (what, value) {
        ("moved" | "resized", Value::String(text)) => text.clone(),
        _ => values::short(value),
    }
}
