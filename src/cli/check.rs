use belfry_engine::diag::{has_errors, render_json};
use clap::Args;
use serde_json::json;

use super::connection::load_suite;
use super::{CommandError, Context, Exit, Format, Kind};
use crate::check::{CHECKS, Contract, Subject, run as run_checks};
use crate::report::plural;
use crate::suite::FileFindings;

/// Say what is wrong or risky in the suite
///
/// Every text of the suite is read as CloudWatch would read it, then the checks look at the whole: metrics that
/// nothing publishes, alarms that tell nobody. Needs no account.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {}

const EXAMPLES: &str = "\
Examples:
  belfry check                    0 fine, 1 a text is wrong, 4 a check failed
  belfry check --format json      for machines
  belfry explain C0101            what a code means";

pub(super) fn run(cx: &mut Context, _arguments: &Arguments) -> Result<Exit, CommandError> {
    let loaded = load_suite(cx)?;
    let contract =
        Contract::load(&loaded.folder).map_err(|error| CommandError::new(Kind::User, error))?;
    let subject = Subject {
        suite: &loaded.suite,
        contract: &contract,
    };
    let files = run_checks(&subject, &loaded.folder).map_err(|(path, error)| {
        CommandError::user(format!("`{}` cannot be read: {error}", path.display()))
    })?;
    match cx.globals.format {
        Format::Table => text(cx, &files)?,
        Format::Json => json(cx, &files)?,
        Format::Csv | Format::Markdown | Format::Junit | Format::Github => {
            return Err(CommandError::usage(
                "findings are printed as text or as JSON",
            ));
        }
    }
    let failed = files.iter().any(|file| has_errors(&file.diagnostics));
    Ok(if failed {
        Exit::CheckFailed
    } else {
        Exit::Fine
    })
}

fn text(cx: &mut Context, files: &[FileFindings]) -> Result<(), CommandError> {
    for file in files {
        writeln!(cx.out, "{}\n", file.render(cx.err_coloured))?;
    }
    let found: usize = files.iter().map(|file| file.diagnostics.len()).sum();
    let checks = plural(CHECKS.len(), "check");
    writeln!(cx.out, "{checks} found {}", plural(found, "problem"))?;
    Ok(())
}

fn json(cx: &mut Context, files: &[FileFindings]) -> Result<(), CommandError> {
    let files: Vec<_> = files
        .iter()
        .map(|file| json!({ "path": file.path, "findings": render_json(&file.diagnostics, &file.source) }))
        .collect();
    writeln!(cx.out, "{:#}", json!({ "version": 1, "files": files }))?;
    Ok(())
}
