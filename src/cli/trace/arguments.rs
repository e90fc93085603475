use std::path::PathBuf;

use clap::Args;

use crate::cli::query::Moment;
use crate::trace::Id;

/// Show one request from both sides, the load balancer's and the service's
///
/// Finds the line of the access log and the service's own lines by a request id or a trace id, and shows what happened
/// in order of time, who answered, and how long each part took: request, target, response, and inside the target the
/// service and its model. On AWS the service's lines come from Logs Insights over the suite's log groups and the access
/// log from the objects in the load balancer's bucket; locally the same from the endpoint. Nothing is written.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct Arguments {
    /// A request id (`request_id`, the answer's `x-request-id`), or a trace id: bare, `Root=…`, or all of `X-Amzn-Trace-Id`
    #[arg(value_name = "ID", value_parser = Id::parse)]
    pub(super) id: Id,
    /// Look into files and folders instead: access logs and the service's log, plain or gzip, in any order
    #[arg(long = "file", value_name = "PATH", num_args = 1..)]
    pub(super) files: Vec<PathBuf>,
    /// Log groups instead of all of the suite
    #[arg(long = "log-group", value_name = "NAME", conflicts_with = "files")]
    pub(super) log_groups: Vec<String>,
    /// From when on [default: 3h; a trace id carries its own time]
    #[arg(long, value_name = "WHEN", value_parser = Moment::parse, conflicts_with = "files")]
    pub(super) since: Option<Moment>,
    /// Times without a zone are UTC, not this machine's time
    #[arg(long)]
    pub(super) utc: bool,
}

const EXAMPLES: &str = "\
Examples:
  belfry trace 19a9b2f4c11-1f-2a                                in the local environment
  belfry trace 1-67891233-abcdef012345678912345678 --env aws    by trace id, in AWS
  belfry trace 19a9b2f4c11-1f-2a --file alb/ app.jsonl.gz       in files
  belfry trace Root=1-67891233-abcdef012345678912345678 --format json

Exit codes:
  0 found   1 no line holds the id, or a file cannot be read   2 usage   5 AWS refused or was not reached

Costs on AWS: Logs Insights asks USD 0.005 for a GB of log groups in that time (us-east-1); reading the access log's
objects is some requests of S3.";
