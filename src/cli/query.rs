use super::{CommandError, Context, Exit};
use clap::Args;

/// Run a saved query or any text
#[derive(Debug, Args)]
pub(super) struct Arguments {}

pub(super) fn run(_cx: &mut Context, _arguments: &Arguments) -> Result<Exit, CommandError> {
    Err(CommandError::usage("this command does not exist yet"))
}
