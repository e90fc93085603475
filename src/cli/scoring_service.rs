use std::io;
use std::net::SocketAddr;

use clap::Args;

use super::{CommandError, Context, Exit, Kind};

/// Run the scoring service
///
/// The same as the program `scoring-service`. `belfry up` starts itself with this command.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Where to listen; port 0 takes any free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8000")]
    listen: SocketAddr,
    /// How many customers to remember
    #[arg(long, value_name = "COUNT", default_value_t = 100_000)]
    customers: usize,
    /// Answer POST /admin/incident from loopback: faults on purpose
    #[arg(long)]
    allow_incidents: bool,
    /// Stop when standard input is closed, so that no parent leaves it behind
    #[arg(long)]
    stop_with_stdin: bool,
}

pub(super) fn run(_cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    let settings = scoring_service::Settings {
        listen: arguments.listen,
        customers: arguments.customers,
        allow_incidents: arguments.allow_incidents,
        stop_with_stdin: arguments.stop_with_stdin,
    };
    scoring_service::run(&settings, Box::new(io::stdout()))
        .map_err(|error| CommandError::new(Kind::User, error))?;
    Ok(Exit::Fine)
}
