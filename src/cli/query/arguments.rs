use std::path::PathBuf;

use belfry_engine::events::FileFormat;
use clap::{Args, ValueEnum};

use super::since::Since;

/// Run a saved query, or any text, over log groups or a file
///
/// Without a name and a text, the saved queries are listed. Ctrl-C stops a running query, so that it costs
/// no more.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A saved query: the name of its file in queries/insights/
    pub(super) name: Option<String>,
    /// Any query instead of a saved one
    #[arg(long, value_name = "QUERY", conflicts_with = "name")]
    pub(super) text: Option<String>,
    /// How far back: 30m, 1h, 2d, or a moment such as 2026-11-21T20:00:00Z [default: 1h; of a file, all]
    #[arg(long, value_name = "SINCE", value_parser = Since::parse)]
    pub(super) since: Option<Since>,
    /// A log group, instead of those that the query names; may be repeated
    #[arg(long = "log-group", value_name = "NAME")]
    pub(super) log_groups: Vec<String>,
    /// Look into a file of log lines instead, plain or gzip; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "log_groups")]
    pub(super) file: Option<PathBuf>,
    /// What a line of the file is
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = LineFormat::Lines, requires = "file")]
    pub(super) file_format: LineFormat,
    /// The field of a line that holds its time [default: timestamp, time, @timestamp or ts]
    #[arg(long, value_name = "FIELD", requires = "file")]
    pub(super) time_field: Option<String>,
    /// At most so many rows
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=10_000))]
    pub(super) limit: Option<u16>,
}

/// What a line of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LineFormat {
    /// The message itself
    Lines,
    /// An exported event: {"timestamp": ms, "message": "…"}
    Events,
}

impl From<LineFormat> for FileFormat {
    fn from(format: LineFormat) -> Self {
        match format {
            LineFormat::Lines => Self::Lines,
            LineFormat::Events => Self::Events,
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  belfry query                                  the saved queries
  belfry query error-logs --since 30m           one of them
  belfry query error-logs --env aws             the same against AWS
  belfry query slowest-requests --file app.jsonl.gz
  belfry query --text 'stats count(*) by status' --log-group /ecs/fraud-detection/application
  belfry query 5xx-by-endpoint --format json | jq .rows";
