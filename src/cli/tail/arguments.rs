use clap::Args;

use crate::cli::query::Moment;

/// Follow a log group or a file
///
/// Prints each new event that matches the filter pattern, until Ctrl-C. What names an existing file is a file,
/// anything else a log group.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
    /// A log group, or a file of log lines
    #[arg(value_name = "GROUP|FILE")]
    pub(super) target: String,
    /// Only events that match, in the language of metric filters: ERROR, { $.status >= 500 }
    #[arg(long, value_name = "PATTERN")]
    pub(super) filter: Option<String>,
    /// From when on: 30m, 13:10, a date, RFC 3339 [default: of a group 10m, of a file its last 10 lines]
    #[arg(long, value_name = "WHEN", value_parser = Moment::parse)]
    pub(super) since: Option<Moment>,
    /// Times are UTC, not this machine's time
    #[arg(long)]
    pub(super) utc: bool,
}

const EXAMPLES: &str = "\
Examples:
  belfry tail /ecs/fraud-detection/application
  belfry tail /ecs/fraud-detection/application --filter '{ $.level = \"ERROR\" }' --env aws
  belfry tail app.jsonl --filter timeout";
