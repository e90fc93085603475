use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::events::{EventSource, FileOptions, LogFile};
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
    let file = read(arguments, path)?;
    let now = cx.clock.now();
    let range = match arguments.since {
        None => TimeRange::ALL,
        Some(_) if is_undated(&file) => return Err(undated(path)),
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
    if !subject.query.source_groups().is_empty() {
        let note = "SOURCE names log groups; the file was read instead";
        results.notes.push(note.to_owned());
    }
    Ok(results)
}

fn read(arguments: &Arguments, path: &Path) -> Result<LogFile, CommandError> {
    let name = path.display().to_string();
    let bytes: Box<dyn Read> = if name == "-" {
        Box::new(io::stdin())
    } else {
        let opened = File::open(path).map_err(|error| {
            let error = anyhow::Error::new(error).context(format!("cannot read {name}"));
            CommandError::new(Kind::User, error)
        });
        Box::new(opened?)
    };
    let options = FileOptions {
        format: arguments.file_format.into(),
        time_field: arguments.time_field.as_deref(),
    };
    LogFile::read(&name, bytes, &options).map_err(|error| CommandError::new(Kind::User, error))
}

/// Whether no line has a time: then every event is stamped with the number of its line.
fn is_undated(file: &LogFile) -> bool {
    let mut undated = true;
    for chunk in 0..file.chunks() {
        file.scan(chunk, TimeRange::ALL, &mut |event| {
            undated &= i64::try_from(event.position) == Ok(event.timestamp.0);
        });
    }
    undated
}

fn undated(path: &Path) -> CommandError {
    let message = format!(
        "--since needs times, and no line of {} has one",
        path.display()
    );
    CommandError::user(message).hint("name the field that holds the time with --time-field")
}
