use std::sync::atomic::AtomicBool;

use anstyle::AnsiColor;
use belfry_athena::answer::{Answer, Session, run as answer};
use belfry_athena::refusal::{By, Refusal};

use super::Arguments;
use super::files::{LogFiles, tables};
use super::saved::{all, list, named};
use super::write::write;
use crate::cli::connection::read_suite;
use crate::cli::{CommandError, Context, Exit, Format};

/// Runs the command.
pub(crate) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    let fits = [Format::Table, Format::Json, Format::Csv, Format::Markdown];
    if !fits.contains(&cx.globals.format) {
        return Err(CommandError::usage(
            "`athena` prints a table, JSON, CSV or Markdown",
        ));
    }
    let Some((text, table)) = text(cx, arguments)? else {
        return Ok(Exit::Fine);
    };
    if arguments.files.is_empty() {
        let error = CommandError::usage("no files to look into");
        let hint = "add --file; in the environment the query runs through Athena's own operations (StartQueryExecution), which the local endpoint answers, too";
        return Err(error.hint(hint));
    }
    let found = ask(cx, arguments, &text)?;
    write(cx, &found, table.as_deref())?;
    Ok(Exit::Fine)
}

/// The query's text, and the name of a saved one; none where something was shown instead.
fn text(
    cx: &mut Context,
    arguments: &Arguments,
) -> Result<Option<(String, Option<String>)>, CommandError> {
    if let Some(text) = &arguments.text {
        return Ok(Some((text.clone(), None)));
    }
    let (folder, _) = read_suite(cx)?;
    let saved = all(&folder)?;
    let Some(name) = &arguments.name else {
        list(cx, &saved)?;
        return Ok(None);
    };
    let saved = named(saved, name)?;
    if arguments.show {
        writeln!(cx.out, "{}", saved.text.trim_end())?;
        return Ok(None);
    }
    Ok(Some((saved.text, Some(saved.name))))
}

fn ask(cx: &Context, arguments: &Arguments, text: &str) -> Result<Answer, CommandError> {
    let now = cx.clock.now().to_rfc3339();
    let session = Session {
        catalog: &tables(),
        objects: &LogFiles::read(&arguments.files)?,
        database: "default",
        now: now.trim_end_matches('Z').parse().unwrap_or_default(),
        parameters: &arguments.parameters,
        cutoff: arguments.cutoff,
        cancelled: &AtomicBool::new(false),
    };
    answer(text, &session)
        .0
        .map_err(|refusal| refused(cx, text, &refusal))
}

/// The refusal with the line it is about, and a mark under its place.
fn refused(cx: &Context, text: &str, refusal: &Refusal) -> CommandError {
    let who = match refusal.by {
        By::Athena => "Athena would refuse it, too",
        By::Belfry => "Athena would take it; here it is not supported",
    };
    let mut error = CommandError::user(refusal.text());
    if let Some((line, column)) = refusal.place {
        let shown = text.lines().nth(line - 1).unwrap_or_default();
        let number = line.to_string();
        let (gap, before) = (
            " ".repeat(number.len()),
            " ".repeat(column.saturating_sub(1)),
        );
        let mark = match cx.err_coloured {
            true => {
                let style = AnsiColor::Red.on_default();
                format!("{style}^{style:#}")
            }
            false => "^".to_owned(),
        };
        error = error.rendered(format!(
            "{gap} |\n{number} | {shown}\n{gap} | {before}{mark}"
        ));
    }
    if let Some(help) = &refusal.help {
        error = error.hint(help.clone());
    }
    error.hint(who)
}
