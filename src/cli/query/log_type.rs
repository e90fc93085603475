use belfry_engine::events::{LogFile, LogType, Origin, first_message};
use belfry_engine::insights::Query;
use clap::ValueEnum;

use super::Arguments;
use super::arguments::LineFormat;
use super::files::Files;
use crate::cli::CommandError;

/// What service wrote a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum FileType {
    /// VPC flow logs in their default format
    #[value(alias = "vpc_flow")]
    VpcFlow,
    /// Query logs of Route 53
    #[value(alias = "route-53")]
    Route53,
    /// Access logs of an Application Load Balancer
    AlbAccess,
    /// Connection logs of an Application Load Balancer
    AlbConnection,
    /// Health-check logs of an Application Load Balancer
    AlbHealthCheck,
    /// A Lambda function
    Lambda,
    /// Anything else: fields are found in JSON only
    Other,
}

impl From<FileType> for LogType {
    fn from(file: FileType) -> Self {
        match file {
            FileType::VpcFlow => Self::VpcFlow,
            FileType::Route53 => Self::Route53,
            FileType::AlbAccess => Self::AlbAccess,
            FileType::AlbConnection => Self::AlbConnection,
            FileType::AlbHealthCheck => Self::AlbHealthCheck,
            FileType::Lambda => Self::Lambda,
            FileType::Other => Self::Other,
        }
    }
}

/// Settles what each file holds: what was said, else what its first line looks like, where the query reads a
/// field of such lines. What was guessed comes back as remarks.
pub(super) fn settle(
    files: &mut Files,
    query: &Query,
    said: Option<FileType>,
) -> Result<Vec<String>, CommandError> {
    let mut origins = Vec::new();
    let mut remarks = Vec::new();
    for (name, file) in files.each() {
        match said {
            Some(said) => origins.push(said_origin(name, file, said.into())?),
            None => {
                let guessed = guess(file, query);
                remarks.extend(guessed.map(|log_type| remark(name, log_type)));
                origins.push(guessed.map(Origin::of_type).unwrap_or_default());
            }
        }
    }
    files.origins = origins;
    Ok(remarks)
}

/// The fields that the files' types give lines which are no JSON.
pub(super) fn fields(files: &Files) -> Vec<String> {
    let types = files.origins.iter().filter_map(|origin| origin.log_type);
    types
        .flat_map(LogType::columns)
        .map(|name| (*name).to_owned())
        .collect()
}

/// A remark on system fields that only a log group fills: over a file they are missing.
pub(super) fn without_group(query: &Query, arguments: &Arguments, files: &Files) -> Option<String> {
    let exported = arguments.file_format == LineFormat::Events;
    let missing: Vec<String> = GROUP_FIELDS
        .iter()
        .filter(|field| **field == "@log" || !exported)
        .filter(|field| **field != "@logStream" || files.origins.len() == 1)
        .filter(|field| query.reads().any(|(name, _)| name == **field))
        .map(|field| format!("`{field}`"))
        .collect();
    (!missing.is_empty()).then(|| {
        let missing = missing.join(" and ");
        format!("a file has no {missing}: only log groups fill it")
    })
}

const GROUP_FIELDS: &[&str] = &["@log", "@logStream", "@ingestionTime"];

/// A type whose lines have a format of their own must be that of the first line.
fn said_origin(name: &str, file: &LogFile, said: LogType) -> Result<Origin, CommandError> {
    let first = first_message(file);
    let fits = |line: &String| LogType::of_file_line(line) == Some(said);
    if let Some(line) = first.filter(|line| !said.columns().is_empty() && !fits(line)) {
        let reason = said.misfit(&line).map(|reason| format!(": {reason}"));
        let message = format!(
            "the first line of {name} is not in the default format of {}{}",
            said.title(),
            reason.unwrap_or_default()
        );
        return Err(CommandError::user(message).hint(
            "fields of other formats are taken out with `parse @message`; --log-type other reads JSON only",
        ));
    }
    Ok(Origin::of_type(said))
}

fn guess(file: &LogFile, query: &Query) -> Option<LogType> {
    let asked = |log_type: &LogType| {
        let mut fields = query.event_fields();
        fields.any(|field| log_type.columns().contains(&field))
    };
    if !LogType::WITH_COLUMNS.iter().any(asked) {
        return None;
    }
    let found = LogType::of_file_line(&first_message(file)?);
    found.filter(asked)
}

fn remark(name: &str, log_type: LogType) -> String {
    let title = log_type.title();
    format!(
        "the first line of {name} is that of {title}: their fields are found; --log-type other reads JSON only"
    )
}
