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
}

const EXAMPLES: &str = "\
Examples:
  belfry test                             everything
  belfry test --filter errors             tests with `errors` in their name or file
  belfry test --format junit > junit.xml  for CI servers; `github` annotates the lines

Exit codes: 0 all passed, 1 a text is wrong, 4 a test failed";
