use std::path::PathBuf;

use clap::Args;

use crate::cli::query::{Moment, parse_price};

/// Run the suite's SQL, or any, over files of load balancers' logs as Athena would, or by Athena in the environment
///
/// With --file, the files are the table `alb_logs` with the columns and the pattern that a suite deploys (AWS's, and the
/// newer fields); connection logs are `alb_connection_logs` and health-check logs `alb_health_check_logs`, told by their
/// first lines. A line that the pattern does not match is a row of NULLs, as in Athena. Without --file the query runs in the environment, in the workgroup and the database of
/// `[athena]` in belfry.toml; only statements that read are sent, and Ctrl-C stops the query there. Without a name and a
/// text, the saved queries are listed.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// A saved query: the name of its file in queries/athena/
    pub(super) name: Option<String>,
    /// Any query instead of a saved one
    #[arg(long, value_name = "SQL", conflicts_with = "name")]
    pub(super) text: Option<String>,
    /// A file of lines, plain or gzip (`.gz`), all files of a folder, or `-` for standard input; may be repeated
    #[arg(long = "file", value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// The value of the next `?`, as SQL: texts in single quotes; may be repeated
    #[arg(long = "param", value_name = "SQL")]
    pub(super) parameters: Vec<String>,
    #[command(flatten)]
    pub(super) place: Place,
    #[command(flatten)]
    pub(super) window: Window,
    /// Stop when more than so many bytes are scanned, as a workgroup's limit does
    ///
    /// In the environment the query is stopped when Athena reports more while it runs; what has ended is answered.
    #[arg(long, value_name = "BYTES", value_parser = clap::value_parser!(u64).range(1..))]
    pub(super) cutoff: Option<u64>,
    /// Stop when the scan costs more than so many US dollars by Athena's list price, or would cost it there
    #[arg(long, value_name = "USD", value_parser = parse_price)]
    pub(super) max_cost: Option<f64>,
    /// Print the query's text and description instead of running it
    #[arg(long, requires = "name")]
    pub(super) show: bool,
}

/// Which part of the logs the query is about.
#[derive(Debug, Args)]
pub(super) struct Window {
    /// Only lines from then on: 30m, 2h, 1d, 13:10, yesterday, a date, or RFC 3339 [default: all]
    ///
    /// The log tables that the query names are narrowed by their time, in the environment also to the days' folders:
    /// what is older is not scanned, and not paid. Lines that are rows of NULLs are left out.
    #[arg(long, value_name = "WHEN", value_parser = Moment::parse)]
    pub(super) since: Option<Moment>,
    /// Only lines until then; a date means its whole day
    #[arg(long, value_name = "WHEN", value_parser = Moment::parse)]
    pub(super) to: Option<Moment>,
    /// Times without a zone are UTC, not this machine's time
    #[arg(long)]
    pub(super) utc: bool,
}

/// Where Athena runs the query, in the environment.
#[derive(Debug, Args)]
pub(super) struct Place {
    /// The workgroup, instead of that of belfry.toml
    #[arg(long, value_name = "NAME", conflicts_with = "files")]
    pub(super) workgroup: Option<String>,
    /// The database of tables without one, instead of that of belfry.toml
    #[arg(long, value_name = "NAME", conflicts_with = "files")]
    pub(super) database: Option<String>,
    /// Where Athena writes the result, if the workgroup lets callers say so
    #[arg(long, value_name = "S3-FOLDER", conflicts_with = "files")]
    pub(super) output: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  belfry athena                                          the saved queries
  belfry athena 5xx-by-target --file alb.log.gz          one of them
  belfry athena slowest-paths --file logs/ --format csv  over all files of a folder
  belfry athena requests-by-trace-id --file alb.log --param \"'Root=1-58337327-72bd00b0343d75b906739c42'\"
  belfry athena --file alb.log --text 'SELECT elb_status_code, count(*) FROM alb_logs GROUP BY 1 ORDER BY 2 DESC'
  zcat logs/*.gz | belfry athena top-clients --file -    over standard input
  belfry athena 5xx-by-target --since 2h --env aws       by Athena, over what the balancer delivered

Exit codes:
  0 answered   1 the query is refused or stopped, or a file cannot be read   2 usage   5 AWS refused or was not reached";
