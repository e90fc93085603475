//! The Logs Insights language.

use crate::base::{Millis, TimeRange};
use crate::diag::Diagnostic;
use crate::events::EventSource;

/// A checked query, ready to run.
#[derive(Debug)]
pub struct Query {}

/// How to run a query.
#[derive(Clone, Copy, Debug)]
pub struct RunOptions {
    /// Both ends included.
    pub range: TimeRange,
    /// What `now()` says.
    pub now: Millis,
    /// StartQuery's `limit`: one more trailing `limit`.
    pub limit: Option<usize>,
}

/// One row of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResultRow {
    /// One cell a column; `None` where AWS leaves the field out.
    pub cells: Vec<Option<String>>,
    /// The position of the event behind the row; none for aggregates.
    pub position: Option<u64>,
}

/// What the scan cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Events that passed the filters.
    pub records_matched: u64,
    /// Events in range.
    pub records_scanned: u64,
    /// Their messages' bytes.
    pub bytes_scanned: u64,
    /// Log groups read.
    pub log_groups_scanned: u64,
}

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryResults {
    /// Column names in order.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<ResultRow>,
    /// The cost.
    pub statistics: Statistics,
    /// Remarks, such as a choice AWS does not document.
    pub notes: Vec<String>,
}

/// Parses and checks `text`. On success warnings may come along; on failure at least one error.
pub fn compile(_text: &str) -> Result<(Query, Vec<Diagnostic>), Vec<Diagnostic>> {
    todo!()
}

impl Query {
    /// Log groups named by `SOURCE` at the head of the text, in order; empty where there is none.
    pub fn source_groups(&self) -> &[String] {
        todo!()
    }

    /// Runs the query over `source`.
    pub fn run(&self, _source: &dyn EventSource, _options: &RunOptions) -> QueryResults {
        todo!()
    }
}
