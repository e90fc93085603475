use std::io::{self, Write};

use crate::report::style::{FAINT, REMOVED, styled};
use crate::testing::Side;

/// Both sides beside each other; lines that differ begin with `!`.
pub(super) fn write_sides(out: &mut dyn Write, sides: &[Side]) -> io::Result<()> {
    if sides.is_empty() {
        return Ok(());
    }
    let width = |of: fn(&Side) -> &str, title: &str| {
        let widths = sides.iter().map(|side| of(side).chars().count());
        widths.chain([title.len()]).max().unwrap_or(0)
    };
    let place = width(|side| &side.place, "");
    let expected = width(|side| &side.expected, "expected");
    let head = format!("    {:place$}  {:expected$}  got", "", "expected");
    writeln!(out, "{}", styled(FAINT, head))?;
    for side in sides {
        let sign = if side.is_equal() && side.reason.is_empty() {
            ' '
        } else {
            '!'
        };
        let line = format!(
            "  {sign} {:place$}  {:expected$}  {}",
            side.place, side.expected, side.got
        );
        let line = line.trim_end();
        match sign {
            '!' => writeln!(out, "{}", styled(REMOVED, line))?,
            _ => writeln!(out, "{line}")?,
        }
        if !side.reason.is_empty() {
            writeln!(out, "    {:place$}  {:expected$}  {}", "", "", side.reason)?;
        }
    }
    Ok(())
}

/// The same as text alone, for reports without colour.
pub(super) fn plain(sides: &[Side]) -> String {
    let mut text = Vec::new();
    // A vector takes everything.
    let _ = write_sides(&mut anstream::StripStream::new(&mut text), sides);
    String::from_utf8_lossy(&text).into_owned()
}
