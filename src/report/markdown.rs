use std::io::{self, Write};

use super::Answer;

/// As a table of GitHub's Markdown, for tickets and chats. Notes stand below it.
pub fn write_markdown(out: &mut dyn Write, answer: &Answer) -> io::Result<()> {
    if answer.columns.is_empty() {
        writeln!(out, "no rows")?;
    } else {
        header(out, &answer.columns)?;
    }
    rows(out, &answer.rows)?;
    notes(out, &answer.notes)
}

pub(super) fn header(out: &mut dyn Write, columns: &[String]) -> io::Result<()> {
    line(out, columns.iter().map(|column| Some(column.as_str())))?;
    line(out, columns.iter().map(|_| Some("---")))
}

pub(super) fn rows(out: &mut dyn Write, rows: &[Vec<Option<String>>]) -> io::Result<()> {
    rows.iter()
        .try_for_each(|row| line(out, row.iter().map(Option::as_deref)))
}

pub(super) fn notes(out: &mut dyn Write, notes: &[String]) -> io::Result<()> {
    notes
        .iter()
        .try_for_each(|note| writeln!(out, "\n> {}", one_line(note)))
}

fn line<'a>(out: &mut dyn Write, cells: impl Iterator<Item = Option<&'a str>>) -> io::Result<()> {
    write!(out, "|")?;
    for cell in cells {
        match cell.map(one_line) {
            Some(cell) if !cell.is_empty() => write!(out, " {cell} |")?,
            _ => write!(out, " |")?,
        }
    }
    writeln!(out)
}

/// A cell is one line, and what would begin another cell or markup is escaped.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.trim_end().chars() {
        match letter {
            '\n' => line.push_str("<br>"),
            '\r' => {}
            '|' | '\\' | '<' | '`' | '*' | '_' if text != "---" => {
                line.push('\\');
                line.push(letter);
            }
            other => line.push(other),
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipes_and_line_ends_do_not_break_the_table() {
        let answer = Answer {
            columns: vec!["a".to_owned(), "b".to_owned()],
            rows: vec![vec![Some("x|y\nz".to_owned()), None]],
            ..Answer::default()
        };
        let mut out = Vec::new();
        write_markdown(&mut out, &answer).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "| a | b |\n| --- | --- |\n| x\\|y<br>z | |\n");
    }
}
