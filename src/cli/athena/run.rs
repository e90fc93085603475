use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use belfry_athena::answer::{Answer, Session, run as answer};
use belfry_athena::refusal::{By, Refusal};

use super::Arguments;
use super::environment;
use super::files::{LogFiles, tables};
use super::limit::Limit;
use super::mark::marked;
use super::saved::{all, list, named};
use super::window::narrowed;
use super::write::write;
use crate::cli::connection::{Loaded, load_suite, read_suite};
use crate::cli::{CommandError, Context, Exit, Format};
use crate::report::{Spinner, bytes};
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
    let text = narrowed(cx, arguments, loaded.as_ref(), text)?;
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
    let limit = Limit::of(arguments)?;
    let files = LogFiles::read(&arguments.files, &mut io::stdin())?;
    let now = cx.clock.now().to_rfc3339();
    let (cancelled, scanned) = (AtomicBool::new(false), Arc::default());
    let session = Session {
        catalog: &tables(),
        objects: &files,
        database: "default",
        now: now.trim_end_matches('Z').parse().unwrap_or_default(),
        parameters: &arguments.parameters,
        cutoff: limit.as_ref().map(|limit| limit.bytes),
        cancelled: &cancelled,
        scanned: &scanned,
    };
    let found = watched(cx, files.size(), &session, text);
    let found = found.map(|mut answer| {
        answer.notes.extend(files.notes());
        answer
    });
    found.map_err(|refusal| {
        let error = refused(cx, text, &refusal);
        match limit.filter(|_| refusal.name == "EXCEEDED_BYTES_SCANNED_LIMIT") {
            Some(Limit { flag, .. }) => error.hint(format!("{flag} allows no more")),
            None => error,
        }
    })
}

/// How often a long query says how far it is.
const EVERY: Duration = Duration::from_millis(200);

/// The answer; meanwhile how much is read is shown to whoever watches.
fn watched(
    cx: &Context,
    size: u64,
    session: &Session<'_>,
    text: &str,
) -> Result<Answer, Box<Refusal>> {
    if !cx.watched {
        return answer(text, session).0;
    }
    let spinner = Spinner::new(cx.watched, "the query runs");
    let (ended, end) = mpsc::channel();
    let found = thread::scope(|scope| {
        scope.spawn(move || ended.send(answer(text, session).0));
        loop {
            match end.recv_timeout(EVERY) {
                Err(RecvTimeoutError::Timeout) => {
                    let read = session.scanned.load(Ordering::Relaxed);
                    spinner.say(&format!("{} of {} read", bytes(read), bytes(size)));
                }
                Ok(found) => return Some(found),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    });
    spinner.finish();
    // The thread ends without an answer only where it panicked, which the scope has passed on.
    found.unwrap_or_else(|| answer(text, session).0)
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
