use std::path::Path;

use super::ExportError;
use super::read::Rows;

/// One cell and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Without quotes.
    pub(super) text: String,
    /// From 1.
    pub(super) line: usize,
    /// The character in its line, from 1.
    pub(super) column: usize,
}

/// A mistake in a CSV text: line, column, what is wrong.
pub(super) type Mistake = (usize, usize, String);

/// Reads rows of RFC 4180: cells in quotes may hold commas, line ends and doubled quotes.
#[derive(Debug)]
pub(super) struct Csv<'t> {
    letters: std::iter::Peekable<std::str::Chars<'t>>,
    line: usize,
    column: usize,
}

impl<'t> Csv<'t> {
    /// Over a whole text; a byte order mark in front of it is no part of it.
    pub(super) fn new(text: &'t str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self {
            letters: text.chars().peekable(),
            line: 1,
            column: 1,
        }
    }

    fn cell(&mut self) -> Result<Cell, Mistake> {
        let (line, column) = (self.line, self.column);
        let text = if self.letters.peek() == Some(&'"') {
            self.quoted()?
        } else {
            self.plain()?
        };
        Ok(Cell { text, line, column })
    }

    fn plain(&mut self) -> Result<String, Mistake> {
        let mut text = String::new();
        while let Some(letter) = self.letters.peek().copied() {
            match letter {
                ',' | '\n' | '\r' => break,
                '"' => {
                    let reason = "a quote inside a cell that does not begin with one";
                    return Err((self.line, self.column, reason.to_owned()));
                }
                other => text.push(other),
            }
            self.next();
        }
        Ok(text)
    }

    fn quoted(&mut self) -> Result<String, Mistake> {
        let (line, column) = (self.line, self.column);
        self.next();
        let mut text = String::new();
        loop {
            match self.next() {
                None => return Err((line, column, "the quote never ends".to_owned())),
                Some('"') if self.letters.peek() == Some(&'"') => {
                    self.next();
                    text.push('"');
                }
                Some('"') => break,
                Some(other) => text.push(other),
            }
        }
        match self.letters.peek() {
            None | Some(',' | '\n' | '\r') => Ok(text),
            Some(other) => {
                let reason =
                    format!("`{other}` behind a quote; expected a comma or the line's end");
                Err((self.line, self.column, reason))
            }
        }
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.letters.next()?;
        if letter == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(letter)
    }
}

impl Rows for Csv<'_> {
    /// The next row; nothing at the end. Empty lines are left out.
    ///
    /// # Errors
    ///
    /// A quote that never ends, or text behind a quote.
    fn row(&mut self) -> Result<Option<Vec<Cell>>, Mistake> {
        while let Some('\n' | '\r') = self.letters.peek() {
            self.next();
        }
        if self.letters.peek().is_none() {
            return Ok(None);
        }
        let mut cells = Vec::new();
        loop {
            cells.push(self.cell()?);
            match self.next() {
                Some(',') => {}
                Some('\r') => {
                    if self.letters.peek() == Some(&'\n') {
                        self.next();
                    }
                    return Ok(Some(cells));
                }
                _ => return Ok(Some(cells)),
            }
        }
    }

    fn wrong(&self, path: &Path, (line, column, reason): Mistake) -> ExportError {
        ExportError::Wrong {
            path: path.to_owned(),
            line,
            column,
            reason,
        }
    }
}
