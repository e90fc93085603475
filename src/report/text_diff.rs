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
                let line = match change.tag() {
                    ChangeTag::Equal => format!("  {line}"),
                    ChangeTag::Insert => styled(ADDED, format_args!("+ {line}")),
                    ChangeTag::Delete => styled(REMOVED, format_args!("- {line}")),
                };
                writeln!(out, "{indent}{}", line.trim_end())?;
            }
        }
    }
    Ok(())
}
