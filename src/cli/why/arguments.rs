use clap::Args;

use crate::cli::query::Moment;

/// Say why an alarm fired or stayed silent
///
/// Reads the alarm, its datapoints and the log lines behind them from the environment, judges them as CloudWatch
/// does, and shows every bucket that was looked at: its value or how it was treated as missing, M of N, the
/// threshold, what decided. Of an alarm that is silent it says whether nothing was published, the values stayed
/// within the threshold, or the actions are disabled, suppressed or muted. Where the recomputed state differs from
/// the one that the service reports, it says so. Nothing is written.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
    /// The alarm; without a name the environment's alarms are listed with their states
    #[arg(value_name = "ALARM")]
    pub(super) name: Option<String>,
    /// At which moment: 13:10, 30m (ago), a date with a time, RFC 3339 [default: now]
    #[arg(long, value_name = "WHEN", value_parser = Moment::parse)]
    pub(super) at: Option<Moment>,
    /// Times without a zone are UTC, not this machine's time
    #[arg(long)]
    pub(super) utc: bool,
    /// Do not look into log groups for the lines behind the metrics
    #[arg(long)]
    pub(super) no_lines: bool,
}

const EXAMPLES: &str = "\
Examples:
  belfry why                                   the alarms and their states
  belfry why fraud-error-count                 at present, in the local environment
  belfry why fraud-error-count --at 13:10      at that moment
  belfry why fraud-latency-p95 --env aws       of an alarm in AWS
  belfry why fraud-error-count --format json   for machines: docs/why.md has the members

Exit codes:
  0 explained   1 no such alarm, or one of a kind that is not evaluated here   2 usage
  5 AWS refused or was not reached

Costs on AWS: GetMetricData asks USD 0.01 for 1,000 metrics (us-east-1, October 2026); an alarm on one metric
reads four, one on a percentile two. The other calls are free.";
