use std::net::IpAddr;
use std::sync::Arc;

use super::{LookupTable, SourceError};
use crate::base::FastMap;
use crate::insights::func::holds;
use crate::insights::value::Value;

/// How rows of a lookup table are found.
#[derive(Clone, Debug)]
pub(in crate::insights) enum Match {
    /// By the texts of columns, all of them equal, letter case included; the first such row counts.
    Texts(Vec<String>),
    /// By the block of addresses in a column, the first that holds blocks where none is named; of several
    /// the one with the longest prefix counts.
    Block(Option<String>),
}

/// A lookup table made ready for one command.
#[derive(Debug)]
pub(in crate::insights) struct Found {
    table: Arc<LookupTable>,
    by_texts: FastMap<Vec<String>, usize>,
    blocks: Vec<(String, u32, usize)>,
    outputs: Vec<usize>,
}

impl Found {
    /// Finds the columns and reads the keys.
    pub(super) fn new(
        name: &str,
        table: &Arc<LookupTable>,
        by: &Match,
        outputs: &[String],
    ) -> Result<Self, SourceError> {
        let column = |column: &String| {
            let missing = || format!("the lookup table `{name}` has no column `{column}`");
            table
                .column(column)
                .ok_or_else(|| SourceError::new(missing()))
        };
        let outputs = outputs.iter().map(column).collect::<Result<Vec<_>, _>>()?;
        let mut found = Self {
            table: Arc::clone(table),
            by_texts: FastMap::default(),
            blocks: Vec::new(),
            outputs,
        };
        match by {
            Match::Texts(columns) => {
                let columns = columns.iter().map(column).collect::<Result<Vec<_>, _>>()?;
                found.read_texts(&columns);
            }
            Match::Block(Some(written)) => found.read_blocks(column(written)?),
            Match::Block(None) => {
                let columns = 0..table.columns();
                let mut blocks = columns.filter(|c| table.cell(0, *c).is_some_and(is_block));
                let first = blocks.next().ok_or_else(|| {
                    SourceError::new(format!(
                        "the lookup table `{name}` has no column of address blocks"
                    ))
                })?;
                found.read_blocks(first);
            }
        }
        Ok(found)
    }

    fn read_texts(&mut self, columns: &[usize]) {
        for row in 0..self.table.rows() {
            let cell = |column: &usize| self.table.cell(row, *column).unwrap_or_default();
            let key: Vec<String> = columns.iter().map(|c| cell(c).to_owned()).collect();
            self.by_texts.entry(key).or_insert(row);
        }
    }

    fn read_blocks(&mut self, column: usize) {
        for row in 0..self.table.rows() {
            let block = self.table.cell(row, column).unwrap_or_default();
            let prefix = block.split_once('/').and_then(|(_, p)| p.parse().ok());
            self.blocks
                .extend(prefix.map(|prefix| (block.to_owned(), prefix, row)));
        }
        self.blocks
            .sort_by_key(|(_, prefix, row)| (std::cmp::Reverse(*prefix), *row));
    }

    /// The cell of one output in the row that fits `keys`.
    pub(in crate::insights) fn cell(&self, keys: &[Value<'_>], output: usize) -> Option<&str> {
        let text = |key: &Value<'_>| key.display().map(std::borrow::Cow::into_owned);
        let keys: Vec<String> = keys.iter().map(text).collect::<Option<_>>()?;
        let row = match self.by_texts.get(&keys) {
            Some(row) => *row,
            None => self.row_of_address(keys.first()?)?,
        };
        self.table.cell(row, *self.outputs.get(output)?)
    }

    fn row_of_address(&self, text: &str) -> Option<usize> {
        if self.blocks.is_empty() {
            return None;
        }
        let address: IpAddr = text.parse().ok()?;
        let mut blocks = self.blocks.iter();
        let found = blocks.find(|(block, ..)| holds(block, address) == Some(true));
        found.map(|(_, _, row)| *row)
    }
}

/// Whether a cell is written as a block of addresses.
fn is_block(text: &str) -> bool {
    let address = text
        .split_once('/')
        .map(|(address, _)| address.parse::<IpAddr>());
    address.is_some_and(|address| address.is_ok())
}
