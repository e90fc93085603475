use std::path::Path;

use belfry_engine::diag::{has_errors, render_json};
use clap::Args;
use serde_json::json;

use super::connection::{Loaded, load_suite, wrong_texts};
use super::{CommandError, Context, Exit, Format, Kind};
use crate::check::{CHECKS, Contract, Subject, run as run_checks};
use crate::report::plural;
use crate::suite::{FileFindings, apply};

/// Say what is wrong or risky in the suite
///
/// Every text of the suite is read as CloudWatch would read it, then the checks look at the whole: metrics that
/// nothing publishes, alarms that tell nobody. Needs no account.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Make the corrections that the findings propose, such as a misspelt name, in the files of the suite
    #[arg(long)]
    fix: bool,
}

const EXAMPLES: &str = "\
Examples:
  belfry check                    0 fine, 1 a text is wrong, 4 a check failed
  belfry check --format json      for machines
  belfry check --fix              corrects what is surely misspelt, then checks again
  belfry explain C0101            what a code means";

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    if arguments.fix {
        let (folder, wrong) = wrong_texts(cx)?;
        fix(cx, &folder, &wrong)?;
    }
    let mut loaded = load_suite(cx)?;
    let mut files = findings(&loaded)?;
    if arguments.fix && fix(cx, &loaded.folder, &files)? > 0 {
        loaded = load_suite(cx)?;
        files = findings(&loaded)?;
    }
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

fn findings(loaded: &Loaded) -> Result<Vec<FileFindings>, CommandError> {
    let contract =
        Contract::load(&loaded.folder).map_err(|error| CommandError::new(Kind::User, error))?;
    let subject = Subject {
        suite: &loaded.suite,
        contract: &contract,
    };
    run_checks(&subject, &loaded.folder).map_err(|(path, error)| {
        CommandError::user(format!("`{}` cannot be read: {error}", path.display()))
    })
}

/// Makes the corrections that findings propose; says how many.
fn fix(cx: &mut Context, folder: &Path, files: &[FileFindings]) -> Result<usize, CommandError> {
    let mut all = 0;
    for file in files {
        let count = apply(folder, file)?;
        if count > 0 && !cx.globals.quiet {
            writeln!(
                cx.err,
                "{}: {} made",
                file.path,
                plural(count, "correction")
            )?;
        }
        all += count;
    }
    Ok(all)
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
