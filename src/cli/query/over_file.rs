use std::io;
use std::path::Path;

use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::events::{FileOptions, LogFile, ReadError};
use belfry_engine::insights::{QueryResults, RunOptions};

use super::Arguments;
use super::subject::Subject;
use crate::cli::{CommandError, Context, Kind};

/// Runs the query over the events of a file, with the engine that the endpoint has.
pub(super) fn run(
    cx: &Context,
    arguments: &Arguments,
    subject: &Subject,
    path: &Path,
) -> Result<QueryResults, CommandError> {
    let file = open(arguments, path)?;
    let now = cx.clock.now();
    let range = match arguments.since {
        None => TimeRange::ALL,
        Some(_) if file.is_undated() => return Err(undated(path)),
        Some(since) => TimeRange {
            start: since.from(now),
            end: Millis(i64::MAX),
        },
    };
    let options = RunOptions {
        range,
        now,
        limit: arguments.limit.map(usize::from),
    };
    let mut results = subject.query.run(&file, &options);
    file.check().map_err(unreadable)?;
    if subject.query.source().is_some() {
        let note = "SOURCE names log groups; the file was read instead";
        results.notes.push(note.to_owned());
    }
    Ok(results)
}

fn open(arguments: &Arguments, path: &Path) -> Result<LogFile, CommandError> {
    let options = FileOptions {
        format: arguments.file_format.into(),
        time_field: arguments.time_field.as_deref(),
    };
    let opened = if path == Path::new("-") {
        LogFile::read("-", io::stdin(), &options)
    } else {
        LogFile::open(path, &options)
    };
    opened.map_err(unreadable)
}

fn unreadable(error: ReadError) -> CommandError {
    CommandError::new(Kind::User, error)
}

fn undated(path: &Path) -> CommandError {
    let message = format!(
        "--since needs times, and no line of {} has one",
        path.display()
    );
    CommandError::user(message).hint("name the field that holds the time with --time-field")
}
