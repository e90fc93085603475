use std::path::Path;

use belfry_engine::diag::{has_errors, render_json};
use clap::Args;
use serde_json::json;

use super::connection::{from_here, load_suite, read_suite};
use super::{CommandError, Context, Exit, Format, Kind};
use crate::check::{Allowed, CHECKS, Checked, Conditions, Contract, Subject, run as run_checks};
use crate::report::{SarifRun, plural, sarif, write_annotations};
use crate::suite::{FILE_NAME, FileFindings, Suite, apply};

/// Say what is wrong or risky in the suite
///
/// Every text of the suite is read as CloudWatch would read it, then the checks look at the whole: metrics that
/// nothing publishes, alarms that tell nobody. Needs no account. docs/ci.md shows it in a workflow.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    /// Make the corrections that the findings propose, such as a misspelt name, in the files of the suite
    #[arg(long)]
    fix: bool,
    /// With `--format sarif`: the address of docs/reference/errors.md, to which the rules link
    #[arg(long, value_name = "URL")]
    docs_url: Option<String>,
}

const EXAMPLES: &str = "\
Examples:
  belfry check                                    what people read
  belfry check --format json                      for machines
  belfry check --format sarif > belfry.sarif      for code scanning and editors
  belfry check --format github                    annotations at the lines of a pull request
  belfry check --fix                              corrects what is surely misspelt, then checks again
  belfry explain C0101                            what a code means

Exit codes:
  0 no errors, warnings at most   1 a text of the suite is wrong   2 usage   4 a check failed";

pub(super) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    check_flags(cx, arguments)?;
    if arguments.fix {
        fix_all(cx)?;
    }
    if cx.globals.format == Format::Table {
        let loaded = load_suite(cx)?;
        let checked = findings(cx, &loaded.suite, &loaded.folder)?;
        text(cx, &checked)?;
        return Ok(exit(&checked.files));
    }
    let (folder, suite) = read_suite(cx)?;
    let (checked, exit) = match suite {
        Err(files) => {
            let allowed = Vec::new();
            (Checked { files, allowed }, Exit::WrongText)
        }
        Ok(suite) => {
            let mut checked = findings(cx, &suite, &folder)?;
            let exit = exit(&checked.files);
            checked.files = merged(suite.warnings, checked.files);
            (checked, exit)
        }
    };
    for_machines(cx, arguments, &folder, checked)?;
    Ok(exit)
}

fn check_flags(cx: &Context, arguments: &Arguments) -> Result<(), CommandError> {
    let format = cx.globals.format;
    if matches!(format, Format::Csv | Format::Markdown | Format::Junit) {
        return Err(CommandError::usage(
            "findings are printed as text, json, sarif or github",
        ));
    }
    if arguments.docs_url.is_some() && format != Format::Sarif {
        return Err(CommandError::usage(
            "`--docs-url` goes with `--format sarif`",
        ));
    }
    Ok(())
}

fn exit(found: &[FileFindings]) -> Exit {
    match found.iter().any(|file| has_errors(&file.diagnostics)) {
        true => Exit::CheckFailed,
        false => Exit::Fine,
    }
}

fn findings(cx: &Context, suite: &Suite, folder: &Path) -> Result<Checked, CommandError> {
    let contract = Contract::load(folder).map_err(|error| CommandError::new(Kind::User, error))?;
    let toml = std::fs::read_to_string(folder.join(FILE_NAME))?;
    let subject = Subject {
        suite,
        contract: &contract,
        folder,
        toml: &toml,
    };
    let conditions = Conditions {
        folder,
        now: cx.clock.now(),
    };
    run_checks(&subject, &conditions).map_err(|(path, error)| {
        CommandError::user(format!("`{}` cannot be read: {error}", path.display()))
    })
}

/// What stood in the texts and what the checks found, by file.
fn merged(warnings: Vec<FileFindings>, found: Vec<FileFindings>) -> Vec<FileFindings> {
    let mut files = warnings;
    for file in found {
        match files.iter_mut().find(|other| other.path == file.path) {
            Some(other) => other.diagnostics.extend(file.diagnostics),
            None => files.push(file),
        }
    }
    for file in &mut files {
        file.diagnostics.sort_by_key(|found| found.primary.span);
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Makes the corrections that are surely right: first in texts that cannot be used, then what the checks propose.
fn fix_all(cx: &mut Context) -> Result<(), CommandError> {
    let (folder, suite) = read_suite(cx)?;
    let wrong = match suite {
        Ok(suite) => suite.warnings,
        Err(files) => files,
    };
    fix(cx, &folder, &wrong)?;
    if let (folder, Ok(suite)) = read_suite(cx)? {
        let checked = findings(cx, &suite, &folder)?;
        fix(cx, &folder, &checked.files)?;
    }
    Ok(())
}

/// Makes the corrections that findings propose.
fn fix(cx: &mut Context, folder: &Path, files: &[FileFindings]) -> Result<(), CommandError> {
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
    }
    Ok(())
}

fn text(cx: &mut Context, checked: &Checked) -> Result<(), CommandError> {
    let files = &checked.files;
    for file in files {
        writeln!(cx.out, "{}\n", file.render(cx.err_coloured))?;
    }
    let found: usize = files.iter().map(|file| file.diagnostics.len()).sum();
    let checks = plural(CHECKS.len(), "check");
    let allowed = match checked.allowed.len() {
        0 => String::new(),
        count => format!(", {count} more allowed"),
    };
    let found = plural(found, "problem");
    writeln!(cx.out, "{checks} found {found}{allowed}")?;
    Ok(())
}

fn for_machines(
    cx: &mut Context,
    arguments: &Arguments,
    folder: &Path,
    checked: Checked,
) -> Result<(), CommandError> {
    if cx.globals.format == Format::Json {
        return json(cx, &checked);
    }
    let mut files = checked.files;
    let prefix = from_here(folder);
    for file in &mut files {
        file.path = prefix.join(&file.path).display().to_string();
    }
    if cx.globals.format == Format::Github {
        for file in &files {
            write_annotations(&mut cx.out, &file.path, &file.source, &file.diagnostics)?;
        }
        return Ok(());
    }
    let docs = arguments.docs_url.as_deref();
    let run = SarifRun {
        files: &files,
        docs,
    };
    writeln!(cx.out, "{:#}", sarif(&run))?;
    Ok(())
}

fn json(cx: &mut Context, checked: &Checked) -> Result<(), CommandError> {
    let files: Vec<_> = checked
        .files
        .iter()
        .map(|file| json!({ "path": file.path, "findings": render_json(&file.diagnostics, &file.source) }))
        .collect();
    let allowed: Vec<_> = checked.allowed.iter().map(allowed_json).collect();
    let value = json!({ "version": 1, "files": files, "allowed": allowed });
    writeln!(cx.out, "{value:#}")?;
    Ok(())
}

fn allowed_json(allowed: &Allowed) -> serde_json::Value {
    json!({
        "path": allowed.finding.path,
        "code": allowed.finding.diagnostic.code.name,
        "on": allowed.finding.on,
        "message": allowed.finding.diagnostic.message,
        "reason": allowed.reason,
        "until": allowed.until.to_string(),
    })
}
