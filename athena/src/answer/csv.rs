use std::io::{self, Write};

use super::result::Answer;

/// Writes the object that Athena keeps of an answer: the names first, every value in quotes, NULL as nothing.
pub fn write_csv(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let names = answer
        .columns
        .iter()
        .map(|column| Some(column.name.as_str()));
    write_row(names, out)?;
    for row in &answer.rows {
        write_row(row.iter().map(Option::as_deref), out)?;
    }
    Ok(())
}

fn write_row<'v>(
    values: impl Iterator<Item = Option<&'v str>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (place, value) in values.enumerate() {
        if place > 0 {
            out.write_all(b",")?;
        }
        if let Some(value) = value {
            write!(out, "\"{}\"", value.replace('"', "\"\""))?;
        }
    }
    out.write_all(b"\n")
}
