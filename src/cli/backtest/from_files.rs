use std::path::{Path, PathBuf};

use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::events::{EventSource as _, FileOptions, LogFile};
use belfry_engine::metrics::MetricDatum;

use super::Arguments;
use super::source::log_groups;
use crate::backtest::{Backtest, RecordedFile, first_moment, read_data, read_files};
use crate::cli::query::log_files_of;
use crate::cli::{CommandError, Kind};
use crate::report::{Spinner, bytes, grouped};
use crate::suite::Suite;

/// What files hold.
pub(super) struct Recording {
    files: Vec<RecordedFile>,
    data: Vec<MetricDatum>,
    range: TimeRange,
}

impl Recording {
    /// Opens the files that the flags name.
    pub(super) fn open(
        arguments: &Arguments,
        suite: &Suite,
        range: TimeRange,
    ) -> Result<Self, CommandError> {
        let mut files = Vec::new();
        for named in &arguments.files {
            let (group, path) = split(named, suite);
            let group = match (group, &arguments.log_group) {
                (Some(group), _) => group,
                (None, Some(group)) => group.clone(),
                (None, None) => default_group(suite)?,
            };
            for path in paths(&path)? {
                files.push(open(arguments, &path, &group)?);
            }
        }
        let wrong = |error| CommandError::new(Kind::User, error);
        let mut data = Vec::new();
        for path in &arguments.data {
            data.extend(read_data(path).map_err(wrong)?);
        }
        data.retain(|datum| range.start <= datum.timestamp && datum.timestamp <= range.end);
        data.sort_by_key(|datum: &MetricDatum| datum.timestamp);
        Ok(Self { files, data, range })
    }

    /// The time of the first event or datum.
    pub(super) fn first(&self) -> Option<Millis> {
        let of_files = first_moment(&self.files, self.range);
        let of_data = self.data.first().map(|datum| datum.timestamp);
        of_files.into_iter().chain(of_data).min()
    }

    /// Feeds everything by time.
    pub(super) fn feed(
        self,
        backtest: &mut Backtest,
        spinner: &Spinner,
    ) -> Result<(), CommandError> {
        let wrong = |error| CommandError::new(Kind::User, error);
        let mut progress = |backtest: &Backtest| {
            let fed = backtest.fed();
            let at = backtest.ends().map(|(_, last)| last.to_rfc3339());
            spinner.say(&format!(
                "{} events, {}, up to {}",
                grouped(fed.events),
                bytes(fed.bytes),
                at.unwrap_or_default()
            ));
        };
        read_files(&self.files, self.range, self.data, backtest, &mut progress).map_err(wrong)?;
        for file in &self.files {
            for note in file.file.notes() {
                backtest.leave_out(format!("remark on {}: {note}", file.path.display()), 1);
            }
        }
        Ok(())
    }
}

/// `GROUP=FILE`, where what stands before the sign is a log group of the suite.
fn split(named: &Path, suite: &Suite) -> (Option<String>, PathBuf) {
    let text = named.to_string_lossy();
    let known = log_groups(&[suite]);
    match text.split_once('=') {
        Some((group, path)) if known.contains(&group) => {
            (Some(group.to_owned()), PathBuf::from(path))
        }
        _ => (None, named.to_owned()),
    }
}

/// The group of all metric filters, else the only group.
fn default_group(suite: &Suite) -> Result<String, CommandError> {
    let mut groups: Vec<&str> = suite
        .metric_filters
        .iter()
        .map(|f| f.log_group.as_str())
        .collect();
    groups.sort_unstable();
    groups.dedup();
    if groups.is_empty() {
        groups = suite
            .log_groups
            .iter()
            .map(|group| group.name.as_str())
            .collect();
    }
    match groups.as_slice() {
        [group] => Ok((*group).to_owned()),
        [] => Err(CommandError::usage("the suite has no log group")
            .hint("name the group of the lines with --log-group")),
        _ => Err(
            CommandError::usage("the suite's metric filters read several log groups").hint(
                format!(
                    "say whose lines these are: --log-group, or --file GROUP=FILE; {}",
                    groups.join(", ")
                ),
            ),
        ),
    }
}

fn paths(path: &Path) -> Result<Vec<PathBuf>, CommandError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let found = log_files_of(path)?;
    match found.is_empty() {
        true => Err(CommandError::user(format!(
            "no log file is in `{}`",
            path.display()
        ))),
        false => Ok(found),
    }
}

fn open(arguments: &Arguments, path: &Path, group: &str) -> Result<RecordedFile, CommandError> {
    let options = FileOptions {
        format: arguments.file_format.into(),
        time_field: arguments.time_field.as_deref(),
    };
    let opened = LogFile::open(path, &options);
    let file = opened.map_err(|error| CommandError::new(Kind::User, error))?;
    if file.is_undated() {
        let message = format!("no line of `{}` has a time", path.display());
        return Err(CommandError::user(message)
            .hint("name the field that holds the time with --time-field"));
    }
    Ok(RecordedFile {
        path: path.to_owned(),
        log_group: group.to_owned(),
        file,
    })
}
