use thiserror::Error;

/// A lookup table: the cells of a CSV text under the names of its first line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookupTable {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Why a CSV text is no lookup table.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum LookupTableError {
    /// The text has no first line.
    #[error("the table has no header line")]
    Empty,
    /// A line does not have one cell a column.
    #[error("record {record} has {found} cells, the header has {expected}")]
    Cells {
        /// Counted from 1, the header aside.
        record: usize,
        /// Cells of the record.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// A quote is not closed, or text follows one.
    #[error("record {record} holds a quote that is not closed or ends inside a cell")]
    Quote {
        /// Counted from 0, the header.
        record: usize,
    },
}

impl LookupTable {
    /// Reads CSV (RFC 4180) with a header line.
    pub fn parse(text: &str) -> Result<Self, LookupTableError> {
        let mut records = records(text)?.into_iter();
        let columns = records.next().ok_or(LookupTableError::Empty)?;
        let rows: Vec<_> = records.collect();
        let expected = columns.len();
        for (index, row) in rows.iter().enumerate() {
            if row.len() != expected {
                let (record, found) = (index + 1, row.len());
                return Err(LookupTableError::Cells {
                    record,
                    found,
                    expected,
                });
            }
        }
        Ok(Self { columns, rows })
    }

    /// The names of its columns.
    pub fn fields(&self) -> &[String] {
        &self.columns
    }

    /// The place of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column == name)
    }

    /// How many columns there are.
    pub(super) fn columns(&self) -> usize {
        self.columns.len()
    }

    /// How many rows there are, the header aside.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// One cell.
    pub(super) fn cell(&self, row: usize, column: usize) -> Option<&str> {
        self.rows.get(row)?.get(column).map(String::as_str)
    }
}

fn records(text: &str) -> Result<Vec<Vec<String>>, LookupTableError> {
    let mut records: Vec<Vec<String>> = Vec::new();
    let mut rest = text.strip_prefix('\u{feff}').unwrap_or(text);
    while !rest.is_empty() {
        let mut record = Vec::new();
        loop {
            let broken = LookupTableError::Quote {
                record: records.len(),
            };
            let (cell, behind) = cell(rest).ok_or(broken.clone())?;
            record.push(cell);
            rest = behind;
            if let Some(next) = rest.strip_prefix(',') {
                rest = next;
            } else {
                break;
            }
        }
        rest = rest.strip_prefix('\r').unwrap_or(rest);
        rest = rest.strip_prefix('\n').unwrap_or(rest);
        records.push(record);
    }
    Ok(records)
}

/// One cell and what follows it: a comma, the end of the line, or nothing.
fn cell(text: &str) -> Option<(String, &str)> {
    let Some(mut rest) = text.strip_prefix('"') else {
        let end = text.find([',', '\r', '\n']).unwrap_or(text.len());
        let (cell, rest) = text.split_at(end);
        return Some((cell.to_owned(), rest));
    };
    let mut cell = String::new();
    loop {
        let (part, behind) = rest.split_once('"')?;
        cell.push_str(part);
        let Some(again) = behind.strip_prefix('"') else {
            let ends = behind.is_empty() || behind.starts_with([',', '\r', '\n']);
            return ends.then_some((cell, behind));
        };
        cell.push('"');
        rest = again;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_cells_hold_commas_quotes_and_lines() {
        let table = LookupTable::parse("a,b\r\n\"1,\"\"x\"\"\",\"two\nlines\"\r\n,\n").unwrap();
        assert_eq!(table.columns, ["a", "b"]);
        assert_eq!(table.cell(0, 0), Some("1,\"x\""));
        assert_eq!(table.cell(0, 1), Some("two\nlines"));
        assert_eq!(table.cell(1, 1), Some(""));
    }

    #[test]
    fn records_of_another_length_and_open_quotes_are_refused() {
        assert!(LookupTable::parse("").is_err());
        assert!(LookupTable::parse("a,b\n1\n").is_err());
        assert!(LookupTable::parse("a\n\"1\n").is_err());
    }
}
