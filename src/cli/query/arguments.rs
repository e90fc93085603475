use std::path::PathBuf;

use belfry_engine::events::FileFormat;
use clap::{Args, ValueEnum};

use super::log_type::FileType;
use super::price;
use super::when::When;

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
    #[arg(
        long,
        value_name = "QUERY",
        conflicts_with = "name",
        allow_hyphen_values = true
    )]
    pub(super) text: Option<String>,
    #[command(flatten)]
    pub(super) when: When,
    /// A log group, instead of those that the query names; may be repeated
    #[arg(long = "log-group", value_name = "NAME")]
    pub(super) log_groups: Vec<String>,
    /// Look into a file of log lines instead, plain or gzip, or all log files of a folder; `-` is standard
    /// input; may be repeated
    #[arg(long = "file", value_name = "FILE", conflicts_with = "log_groups")]
    pub(super) files: Vec<PathBuf>,
    /// What a line of the file is
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = LineFormat::Lines, requires = "files")]
    pub(super) file_format: LineFormat,
    /// The field of a line that holds its time [default: timestamp, time, @timestamp or ts]
    #[arg(long, value_name = "FIELD", requires = "files")]
    pub(super) time_field: Option<String>,
    /// What service wrote the file, which decides the fields of lines that are no JSON [default: what the first
    /// line looks like]
    #[arg(long, value_enum, value_name = "TYPE", requires = "files")]
    pub(super) log_type: Option<FileType>,
    /// At most so many rows
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(super) limit: Option<u32>,
    /// Every row, beyond the service's 100,000: the time range is split; for queries that list events. A part's rows
    /// are written when it is complete; --format json waits for all
    #[arg(long, conflicts_with = "limit")]
    pub(super) all: bool,
    /// Stop when the scan costs more than so many US dollars by the list price; asks first, where it can
    #[arg(long, value_name = "USD", value_parser = price::parse)]
    pub(super) max_cost: Option<f64>,
    /// A parameter of the saved query; may be repeated. A number, a period such as 5m, true, false and a list go in as
    /// they are, anything else as a text
    #[arg(
        long = "param",
        value_name = "NAME=VALUE",
        requires = "name",
        conflicts_with = "show"
    )]
    pub(super) parameters: Vec<String>,
    /// Choose otherwise where AWS documents nothing; `belfry explain choices` lists the names and values; may be
    /// repeated. The service chooses for itself, so that this is for files
    #[arg(long = "choice", value_name = "NAME=VALUE", requires = "files")]
    pub(super) choices: Vec<String>,
    /// Print the query's text, parameters, description and log groups instead of running it
    #[arg(long, requires = "name")]
    pub(super) show: bool,
    /// Print the address that opens the query in the AWS console instead of running it
    #[arg(long, conflicts_with_all = ["files", "show"])]
    pub(super) link: bool,
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
  belfry query request-trace --param request_id=0f6c1e52-7d1a-4a57-9c0e-52f3b1a5e9d4
  belfry query error-logs --from 13:10 --to 14:00 --max-cost 0.50 --env aws
  belfry query error-logs --show                what it asks
  belfry query error-logs --link --env aws      the same in the AWS console
  belfry query slowest-requests --file app.jsonl.gz
  belfry query --file flows.log --log-type vpc-flow --text 'stats sum(bytes) by dstAddr'
  belfry query --file alb.log.gz --text 'filter elb_status_code >= 500 | stats count(*) by target_ip'
  belfry query error-logs --file app.jsonl --choice missing-in-negation=true
  belfry query error-logs --file logs/ --all    every row of a folder's files
  belfry query --text 'stats count(*) by status' --log-group /ecs/fraud-detection/application
  belfry query --text '$`fraud-detection/error-logs`() | stats count(*) by endpoint' --file app.jsonl
  belfry query 5xx-by-endpoint --format json | jq .rows";
