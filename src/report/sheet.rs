use std::fmt;
use std::io::{self, Write};

use super::results::statistics;
use super::style::{FAINT, styled};
use super::table::Frame;
use super::{Answer, csv, markdown};

/// A form of answer whose rows can be written before all are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetForm {
    /// The first part decides how wide the columns are.
    Table,
    /// Comma-separated values.
    Csv,
    /// A table of GitHub's Markdown.
    Markdown,
}

/// An answer that is written part by part. What is written stays.
pub struct Sheet {
    form: Option<SheetForm>,
    width: Option<u16>,
    columns: Vec<String>,
    rows: usize,
    frame: Option<Frame>,
}

impl Sheet {
    /// Nothing is written yet; nothing ever is without a `form`. `width` is that of the terminal.
    pub fn of(form: Option<SheetForm>, width: Option<u16>) -> Self {
        Self {
            form,
            width,
            columns: Vec::new(),
            rows: 0,
            frame: None,
        }
    }

    /// Whether parts can be written at all.
    pub fn takes_parts(&self) -> bool {
        self.form.is_some()
    }

    /// Whether rows are written.
    pub fn has_begun(&self) -> bool {
        self.rows > 0
    }

    /// How many rows are written.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Writes the next rows, and before the first the header. False, and nothing is written, where the columns are
    /// not those of the header.
    pub fn add(
        &mut self,
        out: &mut dyn Write,
        columns: &[String],
        rows: &[Vec<Option<String>>],
    ) -> io::Result<bool> {
        let (Some(form), false) = (self.form, rows.is_empty()) else {
            return Ok(true);
        };
        let first = !self.has_begun();
        if first {
            self.columns = columns.to_vec();
        } else if self.columns != columns {
            return Ok(false);
        }
        self.rows += rows.len();
        match form {
            SheetForm::Table => self.add_to_table(out, rows)?,
            SheetForm::Csv => {
                if first {
                    csv::line(out, columns.iter().map(|column| Some(column.as_str())))?;
                }
                for row in rows {
                    csv::line(out, row.iter().map(Option::as_deref))?;
                }
            }
            SheetForm::Markdown => {
                if first {
                    markdown::header(out, columns)?;
                }
                markdown::rows(out, rows)?;
            }
        }
        Ok(true)
    }

    fn add_to_table(
        &mut self,
        out: &mut dyn Write,
        rows: &[Vec<Option<String>>],
    ) -> io::Result<()> {
        if let Some(frame) = &self.frame {
            return writeln!(out, "{}", frame.more(rows));
        }
        let (frame, text) = Frame::open(&self.columns, rows, self.width);
        self.frame = Some(frame);
        writeln!(out, "{text}")
    }

    /// Closes what was begun: the answer ends here, whole or not.
    pub fn close(&mut self, out: &mut dyn Write) -> io::Result<()> {
        match self.frame.take() {
            Some(frame) => writeln!(out, "{}", frame.bottom()),
            None => Ok(()),
        }
    }

    /// Closes it and says what stands below the rows: `answer` holds all but the rows. Notes go to `notes`, where
    /// the form has no place for them.
    pub fn finish(
        &mut self,
        out: &mut dyn Write,
        notes: &mut dyn Write,
        answer: &Answer,
    ) -> io::Result<()> {
        self.close(out)?;
        if self.form == Some(SheetForm::Markdown) {
            return markdown::notes(out, &answer.notes);
        }
        for note in &answer.notes {
            writeln!(notes, "note: {note}")?;
        }
        match self.form {
            Some(SheetForm::Table) => {
                writeln!(out, "{}", styled(FAINT, statistics(self.rows, answer)))
            }
            _ => Ok(()),
        }
    }
}

impl fmt::Debug for Sheet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sheet")
            .field("form", &self.form)
            .field("rows", &self.rows)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{write_csv, write_markdown};

    fn rows(cells: &[&[&str]]) -> Vec<Vec<Option<String>>> {
        let cell = |text: &&str| (!text.is_empty()).then(|| (*text).to_owned());
        let row = |row: &&[&str]| row.iter().map(cell).collect();
        cells.iter().map(row).collect()
    }

    fn in_parts(form: SheetForm, answer: &Answer) -> String {
        let mut sheet = Sheet::of(Some(form), None);
        let mut out = Vec::new();
        for part in answer.rows.chunks(1) {
            assert!(sheet.add(&mut out, &answer.columns, part).unwrap());
        }
        sheet.finish(&mut out, &mut Vec::new(), answer).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn answer() -> Answer {
        Answer {
            columns: vec!["time".to_owned(), "n".to_owned()],
            rows: rows(&[
                &["10:00", "7"],
                &["a,b|c", ""],
                &["much longer than it", "12345"],
            ]),
            notes: vec!["a note".to_owned()],
            ..Answer::default()
        }
    }

    #[test]
    fn csv_and_markdown_in_parts_are_those_of_the_whole_answer() {
        let (answer, mut whole) = (answer(), Vec::new());
        write_csv(&mut whole, &mut Vec::new(), &answer).unwrap();
        assert_eq!(in_parts(SheetForm::Csv, &answer).as_bytes(), whole);
        whole.clear();
        write_markdown(&mut whole, &answer).unwrap();
        assert_eq!(in_parts(SheetForm::Markdown, &answer).as_bytes(), whole);
    }

    #[test]
    fn a_table_keeps_the_widths_of_its_first_part_and_wraps_what_is_longer() {
        let text = in_parts(SheetForm::Table, &answer());
        let (table, below) = text.trim_end().rsplit_once('\n').unwrap();
        assert!(below.contains("3 rows; "), "{below}");
        insta::assert_snapshot!(table, @r"
        ┌───────┬───┐
        │ time  ┆ n │
        ╞═══════╪═══╡
        │ 10:00 ┆ 7 │
        │ a,b|c ┆   │
        │ much  ┆ 1 │
        │ longe ┆ 2 │
        │ r     ┆ 3 │
        │ than  ┆ 4 │
        │ it    ┆ 5 │
        └───────┴───┘
        ");
    }
}
