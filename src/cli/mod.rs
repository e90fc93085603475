//! One file per command.

use std::process::ExitCode;

/// Runs the tool.
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}
