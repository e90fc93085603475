use clap::Args;

use super::{CommandError, Context, Exit};

/// Serve the embedded AWS endpoint alone
#[derive(Debug, Args)]
pub(super) struct Arguments {}

pub(super) fn run(_cx: &mut Context, _arguments: &Arguments) -> Result<Exit, CommandError> {
    Err(CommandError::usage("this command does not exist yet"))
}
