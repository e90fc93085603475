use std::io::{self, Write};

use super::{csv, markdown, table::table};

/// A table of texts and amounts, in whatever form is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grid {
    columns: Vec<String>,
    /// Whether a column's cells stand to the right.
    right: Vec<bool>,
    rows: Vec<Vec<String>>,
}

/// How a [`Grid`] is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GridForm {
    /// For a terminal of so many columns, where that is known.
    Table(Option<u16>),
    /// GitHub's Markdown.
    Markdown,
    /// RFC 4180.
    Csv,
}

impl Grid {
    /// Without rows. A column whose name begins with `>` holds amounts and stands to the right.
    pub fn new<'a>(columns: impl IntoIterator<Item = &'a str>) -> Self {
        let mut grid = Self::default();
        for column in columns {
            let (name, right) = match column.strip_prefix('>') {
                Some(name) => (name, true),
                None => (column, false),
            };
            grid.columns.push(name.to_owned());
            grid.right.push(right);
        }
        grid
    }

    /// Adds a row; cells that are missing are empty.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let mut row: Vec<String> = cells.into_iter().take(self.columns.len()).collect();
        row.resize(self.columns.len(), String::new());
        self.rows.push(row);
    }

    /// Whether it has no rows.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Columns, which of them stand to the right, and rows.
    pub(super) fn parts(&self) -> (&[String], &[bool], &[Vec<String>]) {
        (&self.columns, &self.right, &self.rows)
    }

    /// Writes it.
    ///
    /// # Errors
    ///
    /// Where writing fails.
    pub fn write(&self, out: &mut dyn Write, form: GridForm) -> io::Result<()> {
        match form {
            GridForm::Table(width) => {
                let (columns, rows) = self.padded();
                writeln!(out, "{}", table(&columns, &rows, width))
            }
            GridForm::Markdown => {
                let rows = self.optional();
                markdown::header(out, &self.columns)?;
                markdown::rows(out, &rows)
            }
            GridForm::Csv => {
                csv::line(out, self.columns.iter().map(|cell| Some(cell.as_str())))?;
                let mut rows = self.rows.iter();
                rows.try_for_each(|row| {
                    let plain: Vec<String> = row.iter().map(|cell| plain(cell)).collect();
                    csv::line(out, plain.iter().map(|cell| Some(cell.as_str())))
                })
            }
        }
    }

    fn optional(&self) -> Vec<Vec<Option<String>>> {
        let rows = self.rows.iter();
        rows.map(|row| row.iter().cloned().map(Some).collect())
            .collect()
    }

    /// Cells of amounts filled up on the left: the table aligns plain numbers alone.
    fn padded(&self) -> (Vec<String>, Vec<Vec<Option<String>>>) {
        let mut columns = self.columns.clone();
        let mut rows = self.rows.clone();
        for (index, _) in self.right.iter().enumerate().filter(|(_, right)| **right) {
            let cells = rows.iter().filter_map(|row| row.get(index));
            let widths = cells
                .chain([&columns[index]])
                .map(|cell| cell.chars().count());
            let width = widths.max().unwrap_or_default();
            columns[index] = format!("{:>width$}", columns[index]);
            for row in &mut rows {
                row[index] = format!("{:>width$}", row[index]);
            }
        }
        let rows = rows.into_iter();
        (
            columns,
            rows.map(|row| row.into_iter().map(Some).collect())
                .collect(),
        )
    }
}

/// A number without its thousands apart, for machines.
fn plain(cell: &str) -> String {
    let digits = cell.replace(',', "");
    match digits.parse::<f64>() {
        Ok(_) => digits,
        Err(_) => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(form: GridForm) -> String {
        let mut grid = Grid::new(["what", ">USD"]);
        grid.row(["logs, all".to_owned(), "1,234.50".to_owned()]);
        grid.row(["S3".to_owned(), "0.02".to_owned()]);
        let mut out = Vec::new();
        grid.write(&mut out, form).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn amounts_stand_to_the_right_and_are_plain_for_machines() {
        insta::assert_snapshot!(written(GridForm::Table(None)), @r"
        ┌───────────┬──────────┐
        │ what      ┆      USD │
        ╞═══════════╪══════════╡
        │ logs, all ┆ 1,234.50 │
        │ S3        ┆     0.02 │
        └───────────┴──────────┘
        ");
        assert_eq!(
            written(GridForm::Csv),
            "what,USD\r\n\"logs, all\",1234.50\r\nS3,0.02\r\n"
        );
        assert!(written(GridForm::Markdown).contains("| S3 | 0.02 |"));
    }
}
