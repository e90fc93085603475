use std::sync::atomic::AtomicBool;

use belfry_athena::answer::{Answer, Session, run as answer};
use belfry_athena::refusal::{By, Refusal};

use super::Arguments;
use super::environment;
use super::files::{LogFiles, tables};
use super::mark::marked;
use super::saved::{all, list, named};
use super::write::write;
use crate::cli::connection::{Loaded, load_suite, read_suite};
use crate::cli::{CommandError, Context, Exit, Format};
use crate::suite::AthenaQuery;

/// Runs the command.
pub(crate) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    let fits = [Format::Table, Format::Json, Format::Csv, Format::Markdown];
    if !fits.contains(&cx.globals.format) {
        return Err(CommandError::usage(
            "`athena` prints a table, JSON, CSV or Markdown",
        ));
    }
    let asks = arguments.text.is_some() || arguments.name.is_some() && !arguments.show;
    let loaded = match asks && arguments.files.is_empty() {
        true => Some(load_suite(cx)?),
        false => None,
    };
    let Some((text, table)) = text(cx, arguments, loaded.as_ref())? else {
        return Ok(Exit::Fine);
    };
    let found = match &loaded {
        Some(loaded) => environment::ask(cx, arguments, loaded, &text)?,
        None => ask(cx, arguments, &text)?,
    };
    let by_aws = loaded.is_some_and(|loaded| !loaded.suite.environment.is_local());
    write(cx, &found, table.as_deref(), by_aws)?;
    Ok(Exit::Fine)
}

/// The query's text, and the name of a saved one; none where something was shown instead.
fn text(
    cx: &mut Context,
    arguments: &Arguments,
    loaded: Option<&Loaded>,
) -> Result<Option<(String, Option<String>)>, CommandError> {
    if let Some(text) = &arguments.text {
        return Ok(Some((text.clone(), None)));
    }
    let deployed = loaded.map_or(&[][..], |loaded| &loaded.suite.athena_queries);
    let of_name = |query: &&AthenaQuery| Some(&query.stem) == arguments.name.as_ref();
    if let Some(query) = deployed.iter().find(of_name) {
        return Ok(Some((query.text.clone(), Some(query.stem.clone()))));
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
    if let Some(place) = refusal.place {
        error = marked(cx, error, text, place);
    }
    if let Some(help) = &refusal.help {
        error = error.hint(help.clone());
    }
    error.hint(who)
}
