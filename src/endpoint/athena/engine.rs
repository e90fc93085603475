use std::io::{Cursor, Error, Read};
use std::sync::atomic::AtomicBool;

use belfry_athena::answer::{Session, run as answer};
use belfry_athena::refusal::{By, Refusal};
use belfry_athena::scan::{Object, ObjectError, Objects};
use belfry_engine::base::Millis;
use belfry_engine::catalog::Catalog;

use super::execution::Rows;
use super::refusals::coded;
use crate::endpoint::Fault;
use crate::endpoint::s3::S3Store;

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
    /// Their objects.
    pub objects: &'a S3Store,
    /// When it began.
    pub now: Millis,
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
    /// It read more than its workgroup allows.
    Cancelled(String, u64),
}

/// Runs a query. A text that is no query of Trino is refused before it runs, as Athena does, and so is what Athena would
/// answer and Belfry does not know; errors of names, types and values make the execution fail.
pub(super) fn run(query: &Query<'_>) -> Result<Answered, Fault> {
    let now = query.now.to_rfc3339();
    let session = Session {
        catalog: query.catalog,
        objects: &Buckets(query.objects),
        database: query.database,
        now: now.trim_end_matches('Z').parse().unwrap_or_default(),
        parameters: query.parameters,
        cutoff: query
            .bytes_scanned_cutoff
            .and_then(|most| u64::try_from(most).ok()),
        cancelled: &AtomicBool::new(false),
    };
    let (found, statistics) = answer(query.text, &session);
    match found {
        Ok(found) => {
            let columns = found.columns.iter();
            let rows = Rows {
                sizes: columns
                    .clone()
                    .map(|column| (column.precision.into(), column.scale.into()))
                    .collect(),
                columns: columns
                    .map(|column| (column.name.clone(), column.data_type.clone()))
                    .collect(),
                rows: found.rows,
            };
            Ok(Answered::Rows(rows, statistics.scanned))
        }
        Err(refusal) => refused(&refusal, statistics.scanned),
    }
}

fn refused(refusal: &Refusal, scanned: u64) -> Result<Answered, Fault> {
    let help = refusal
        .help
        .as_ref()
        .map_or_else(String::new, |help| format!(" ({help})"));
    let text = refusal.text();
    if refusal.name == "SYNTAX_ERROR" {
        let text = text.strip_prefix("SYNTAX_ERROR: ").unwrap_or(&text);
        return Err(coded("MALFORMED_QUERY", text.to_owned()));
    }
    match refusal.by {
        By::Belfry => Err(coded("INVALID_INPUT", format!("{text}{help}"))),
        By::Athena if refusal.name == "EXCEEDED_BYTES_SCANNED_LIMIT" => {
            Ok(Answered::Cancelled(refusal.message.clone(), scanned))
        }
        By::Athena => Ok(Answered::Failed(text, scanned)),
    }
}

/// The local S3 as the engine of queries sees it.
struct Buckets<'a>(&'a S3Store);

fn parts(address: &str) -> (&str, &str) {
    let path = address.strip_prefix("s3://").unwrap_or(address);
    path.split_once('/').unwrap_or((path, ""))
}

impl Objects for Buckets<'_> {
    fn list(&self, folder: &str) -> Result<Vec<Object>, ObjectError> {
        let (bucket, prefix) = parts(folder);
        let keys = self.0.keys(bucket, prefix).ok_or_else(|| ObjectError {
            address: folder.to_owned(),
            source: Error::other(format!("the bucket `{bucket}` does not exist")),
        })?;
        let object = |(key, size): (String, u64)| Object {
            address: format!("s3://{bucket}/{key}"),
            size,
        };
        Ok(keys.into_iter().map(object).collect())
    }

    fn open(&self, address: &str) -> Result<Box<dyn Read + Send>, ObjectError> {
        let (bucket, key) = parts(address);
        let wrong = |reason: String| ObjectError {
            address: address.to_owned(),
            source: Error::other(reason),
        };
        match self.0.get(bucket, key) {
            Ok(Some(bytes)) => Ok(Box::new(Cursor::new(bytes))),
            Ok(None) => Err(wrong("there is no such object".to_owned())),
            Err(fault) => Err(wrong(fault.message)),
        }
    }
}
