//! Runs the service: `scoring-service --help` says how.

use std::io::{self, Write};
use std::process::ExitCode;

use scoring_service::settings::{Command, USAGE};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let source = error
                .source()
                .map_or_else(String::new, |source| format!(": {source}"));
            let _ = writeln!(io::stderr(), "error: {error}{source}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn std::error::Error>> {
    match Command::from_process()? {
        Command::Serve(settings) => scoring_service::run(&settings, Box::new(io::stdout()))?,
        Command::PrintSignals => {
            let signals = serde_json::to_string_pretty(&scoring_service::log::signals())?;
            writeln!(io::stdout(), "{signals}")?;
        }
        Command::Help => io::stdout().write_all(USAGE.as_bytes())?,
    }
    Ok(())
}
