use std::path::PathBuf;

use clap::{Args, Subcommand};
use rust_decimal::Decimal;

use crate::cost::quantity;

/// Say what was spent, what will be, and what one unit costs
///
/// Asks Cost Explorer of the environment's account: today, yesterday, 7 days, month to date, last month, the forecast
/// with its bounds, the budget's burn, the biggest changes and the usage types behind them, anomalies, and the cost of
/// 1,000 scored transactions. A request to AWS costs a cent: answers are kept for their day, and what was spent is
/// counted. The local environment answers from cost exports.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
#[command(args_conflicts_with_subcommands = true)]
pub(in crate::cli) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) question: QuestionArguments,
    /// Write one page of HTML that holds all it shows: to print or to mail
    #[arg(long, value_name = "FILE")]
    pub(super) html: Option<PathBuf>,
}

/// What is asked.
#[derive(Clone, Debug, Args)]
pub(super) struct QuestionArguments {
    /// The budget of a month in US dollars, instead of the suite's budgets
    #[arg(long, value_name = "USD", value_parser = quantity)]
    pub(super) budget: Option<Decimal>,
    /// Only costs with this tag
    #[arg(long, value_name = "KEY=VALUE", value_parser = tag)]
    pub(super) tag: Option<(String, String)>,
    /// Ask again, though today's answers are kept
    #[arg(long)]
    pub(super) refresh: bool,
    /// Answer from a cost export (CUR 2.0 or FOCUS 1.x; CSV, gzip or Parquet) or a folder of them; may be repeated
    #[arg(long, value_name = "PATH")]
    pub(super) file: Vec<PathBuf>,
    /// The day of the report instead of today, for exports
    #[arg(long, value_name = "YYYY-MM-DD", requires = "file")]
    pub(super) day: Option<jiff::civil::Date>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write yesterday's figures as metrics, which the cost dashboard and its alarms read
    ///
    /// One datum for each figure and whole day (UTC) of the last two weeks that has none yet: running again changes
    /// nothing, and days that were missed are filled in. Namespace `FraudDetection/Cost`: DailyCost (in all and by
    /// Service), CostPerThousandScored; for the last of them also MonthForecast and, of the first
    /// monthly budget over all costs, BudgetBurn.
    #[command(after_help = PUBLISH)]
    Publish(QuestionArguments),
}

const EXAMPLES: &str = "\
Examples:
  belfry cost --env aws
  belfry cost --env aws --budget 2000
  belfry cost --env aws --tag team=fraud --format markdown
  belfry cost --env aws --html cost.html
  belfry cost --file exports/ --day 2024-09-30
  belfry cost publish --env aws";

const PUBLISH: &str = "\
Examples:
  belfry cost publish --env aws     each morning, from a scheduled workflow";

fn tag(text: &str) -> Result<(String, String), String> {
    let split = text.split_once('=').filter(|(key, _)| !key.is_empty());
    let split = split.map(|(key, value)| (key.to_owned(), value.to_owned()));
    split.ok_or_else(|| format!("`{text}` is no tag; expected KEY=VALUE"))
}
