use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::app::Belfry;
use super::{CommandError, Context, Exit};

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

const EXAMPLES: &str = "\
Examples:
  belfry completions bash > ~/.local/share/bash-completion/completions/belfry
  belfry completions zsh  > ~/.zfunc/_belfry";

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(
        arguments.shell,
        &mut Belfry::command(),
        "belfry",
        &mut script,
    );
    cx.out.write_all(&script)?;
    Ok(Exit::Fine)
}
