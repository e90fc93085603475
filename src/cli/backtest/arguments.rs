use std::path::PathBuf;

use belfry_engine::events::FileFormat;
use clap::{Args, ValueEnum};

use super::price;
use crate::cli::query::Moment;

/// Run the suite's alarms over recorded logs or metrics
///
/// Says when each alarm of the working tree would have fired and cleared, what a change of the suite adds to the
/// pages or takes away (--against), how fast labelled incidents would have been noticed (--incidents), and whether
/// the pages keep to a budget. Recorded are files of log lines or of data, or the log groups or metrics of an
/// environment. Events become metrics and are forgotten: memory does not grow with the recording. What could not
/// be fed is counted and named. Nothing is written anywhere.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
    /// A file of log lines, plain or gzip, or a folder of them; GROUP=FILE says whose they are; may be repeated
    #[arg(long = "file", value_name = "[GROUP=]FILE")]
    pub(super) files: Vec<PathBuf>,
    /// The log group of the files without one [default: the one that all metric filters read]
    #[arg(long, value_name = "NAME", requires = "files")]
    pub(super) log_group: Option<String>,
    /// What a line of the files is
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = LineFormat::Lines, requires = "files")]
    pub(super) file_format: LineFormat,
    /// The field of a line that holds its time [default: timestamp, time, @timestamp or ts]
    #[arg(long, value_name = "FIELD", requires = "files")]
    pub(super) time_field: Option<String>,
    /// A file of recorded metrics, one JSON object a line (docs/backtest.md); may be repeated
    #[arg(long = "data", value_name = "FILE")]
    pub(super) data: Vec<PathBuf>,
    /// What is read from the environment, where no file is named
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = Read::Logs, conflicts_with_all = ["files", "data"])]
    pub(super) read: Read,
    /// From when on: 7d (ago), a date, RFC 3339 [default: of files, all; of an environment, 1d]
    #[arg(long, value_name = "WHEN", value_parser = Moment::parse)]
    pub(super) since: Option<Moment>,
    /// Until when; a date means its whole day [default: of files, their end; of an environment, now]
    #[arg(long, value_name = "WHEN", value_parser = Moment::parse)]
    pub(super) to: Option<Moment>,
    /// Times without a zone are UTC, not this machine's time
    #[arg(long)]
    pub(super) utc: bool,
    /// Compare with the suite of a git revision: main, HEAD~3, a tag
    #[arg(long, value_name = "REV")]
    pub(super) against: Option<String>,
    /// Only this alarm; may be repeated
    #[arg(long = "alarm", value_name = "NAME")]
    pub(super) alarms: Vec<String>,
    /// Labelled incidents: .toml, .json or .csv with name, from, to, alarms
    #[arg(long, value_name = "FILE")]
    pub(super) incidents: Option<PathBuf>,
    /// How long after an incident's end an alarm still belongs to it
    #[arg(long, value_name = "DURATION", default_value = "5m", value_parser = duration)]
    pub(super) grace: i64,
    /// End with 4 where an incident is missed
    #[arg(long, requires = "incidents")]
    pub(super) require_detected: bool,
    /// End with 4 where the working tree sends more pages a week
    #[arg(long, value_name = "N", value_parser = pages)]
    pub(super) max_pages_per_week: Option<f64>,
    /// Do not read from AWS what costs more US dollars by the list price
    #[arg(long, value_name = "USD", default_value = "1", value_parser = price::parse)]
    pub(super) max_cost: f64,
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

/// What is read from an environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Read {
    /// Events of the suite's log groups (FilterLogEvents): also shows what a changed metric filter does
    Logs,
    /// The metrics that the alarms read (GetMetricData): also those of AWS services
    Metrics,
}

fn duration(text: &str) -> Result<i64, String> {
    match Moment::parse(text) {
        Ok(Moment::Ago(millis)) => Ok(millis),
        _ if text == "0" => Ok(0),
        _ => Err(format!(
            "`{text}` is no length of time; expected 5m, 30s, 1h"
        )),
    }
}

fn pages(text: &str) -> Result<f64, String> {
    let number: Option<f64> = text.parse().ok();
    number
        .filter(|number| number.is_finite() && *number >= 0.0)
        .ok_or_else(|| format!("`{text}` is no number of pages"))
}

const EXAMPLES: &str = "\
Examples:
  belfry backtest --file app.jsonl.gz                      the working tree over a recorded log
  belfry backtest --file logs/ --against main              pages added and removed by a change
  belfry backtest --file logs/ --incidents incidents.toml  time to detect, misses, false pages
  belfry backtest --file logs/ --max-pages-per-week 3      for CI: ends with 4 over the budget
  belfry backtest --env aws --since 7d --read metrics      over a week of metrics in AWS
  belfry backtest --file logs/ --format json               for machines: docs/backtest.md has the members
  belfry backtest --file logs/ --against main --format github    annotations for a workflow; markdown for a comment

Exit codes:
  0 fine   1 a text or file is wrong   2 usage   4 over the budget, or an incident missed (--require-detected)
  5 AWS refused or was not reached

Costs on AWS: GetMetricData asks USD 0.01 for 1,000 metrics; FilterLogEvents is free, but bytes that leave AWS cost
about USD 0.09 a gigabyte (us-east-1, October 2026). What is about to be read is said before.";
