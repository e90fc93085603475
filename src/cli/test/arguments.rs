use std::path::PathBuf;

use clap::Args;

/// Test the suite: from log lines and data to states, values and tables
///
/// The files of suite-tests/ beside belfry.toml say what happens (log lines, embedded metrics, series) and what
/// alarms, metrics, queries and dashboards then show. Every test runs in an account of its own on a clock that
/// moves only as the test says, so it needs neither network nor time. docs/testing.md shows the format.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
    /// Test files, or folders of them [default: suite-tests/ of the suite]
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// Only tests whose name or file contains this
    #[arg(long, value_name = "TEXT")]
    pub(super) filter: Option<String>,
    /// Also say which alarms, metric filters, queries and widgets the tests exercise
    #[arg(long)]
    pub(super) coverage: bool,
    /// Fail where less than so many percent are covered; implies --coverage
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    pub(super) min_coverage: Option<f64>,
    /// Also change the suite, one thing at a time, and list the changes that no test notices
    #[arg(long)]
    pub(super) mutate: bool,
}

impl Arguments {
    pub(super) fn wants_coverage(&self) -> bool {
        self.coverage || self.min_coverage.is_some()
    }
}

fn percent(text: &str) -> Result<f64, String> {
    let read = text.parse::<f64>().ok();
    let read = read.filter(|percent| (0.0..=100.0).contains(percent));
    read.ok_or_else(|| "expected a number from 0 to 100".to_owned())
}

const EXAMPLES: &str = "\
Examples:
  belfry test                             everything
  belfry test --filter errors             tests with `errors` in their name or file
  belfry test --min-coverage 100          fail where a part of the suite has no test
  belfry test --mutate                    which mistakes in the suite would go unnoticed
  belfry test --format junit > junit.xml  for CI servers; `github` annotates the lines

Exit codes:
  0 all passed   1 a text is wrong   2 usage
  4 a test failed, coverage is below --min-coverage, a mutant survived, or an exemption is stale";
