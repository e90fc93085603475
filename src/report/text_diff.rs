use std::io::{self, Write};

use similar::{ChangeTag, TextDiff};

use super::style::{ADDED, FAINT, REMOVED, styled};

/// Unchanged lines shown around a change.
const CONTEXT: usize = 2;

/// The lines that differ, with a few around them, each after `indent`.
pub(super) fn write(
    out: &mut dyn Write,
    indent: &str,
    before: &str,
    after: &str,
) -> io::Result<()> {
    let diff = TextDiff::from_lines(before, after);
    for (index, group) in diff.grouped_ops(CONTEXT).iter().enumerate() {
        if index > 0 {
            writeln!(out, "{indent}{}", styled(FAINT, "…"))?;
        }
        for operation in group {
            for change in diff.iter_changes(operation) {
                let line = change.value().trim_end_matches('\n');
                let (style, sign) = match change.tag() {
                    ChangeTag::Equal => (None, " "),
                    ChangeTag::Insert => (Some(ADDED), "+"),
                    ChangeTag::Delete => (Some(REMOVED), "-"),
                };
                let line = format!("{sign} {line}");
                let line = match style {
                    None => line.trim_end().to_owned(),
                    Some(style) => styled(style, line.trim_end()),
                };
                writeln!(out, "{indent}{line}")?;
            }
        }
    }
    Ok(())
}
