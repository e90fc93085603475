use belfry_engine::catalog::Catalog;

use super::execution::Rows;
use super::refusals::coded;
use crate::endpoint::Fault;

/// A query (`SELECT …`), with what it may read.
#[derive(Debug)]
pub struct Query<'a> {
    /// The text.
    pub text: &'a str,
    /// The values of its `?`, as Athena takes them: texts in single quotes, numbers without.
    pub parameters: &'a [String],
    /// The database of names without one.
    pub database: &'a str,
    /// The tables.
    pub catalog: &'a Catalog,
    /// Most bytes that may be read, where the workgroup says so.
    pub bytes_scanned_cutoff: Option<i64>,
}

/// What a query answered.
#[derive(Debug)]
pub enum Answered {
    /// Rows, and how many bytes were read for them.
    Rows(Rows, u64),
    /// Athena's reason for failing.
    Failed(String, u64),
}

/// Runs a query. This endpoint has no engine for queries yet: they are refused by name, and statements of the data
/// definition language are run.
pub(super) fn run(query: &Query<'_>) -> Result<Answered, Fault> {
    let word: String = query
        .text
        .trim_start()
        .chars()
        .take_while(char::is_ascii_alphabetic)
        .collect();
    Err(coded(
        "INVALID_INPUT",
        format!(
            "queries ({}) are not run by this endpoint yet; supported here: CREATE and DROP of databases and external tables, ALTER TABLE, SHOW, DESCRIBE",
            word.to_ascii_uppercase()
        ),
    ))
}
