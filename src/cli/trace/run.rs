use belfry_engine::base::{Millis, TimeRange};
use jiff::tz::TimeZone;

use super::Arguments;
use super::environment::Search;
use super::files::{self, Found};
use super::window::around;
use crate::cli::connection::{Loaded, connect, load_suite};
use crate::cli::query::{End, Here, Moment};
use crate::cli::{CommandError, Context, Exit, Format};
use crate::report::{spinner, write_traced};
use crate::trace::Traced;

/// How far back a request id is looked for where nothing is said.
const DEFAULT_BACK: Moment = Moment::Ago(3 * 3_600_000);

/// Shows what is known of an id.
pub(in crate::cli) fn run(cx: &mut Context, arguments: &Arguments) -> Result<Exit, CommandError> {
    if !matches!(cx.globals.format, Format::Table | Format::Json) {
        return Err(CommandError::usage("`trace` prints text, or JSON"));
    }
    let found = match arguments.files.is_empty() {
        true => in_environment(cx, arguments)?,
        false => files::find(&arguments.files, &arguments.id)?,
    };
    let id = arguments.id.text();
    let traced = Traced::of(id, found.access, found.service, found.notes);
    if traced.requests.is_empty() {
        return Err(nothing(&traced, arguments));
    }
    show(cx, &traced)?;
    Ok(Exit::Fine)
}

fn in_environment(cx: &mut Context, arguments: &Arguments) -> Result<Found, CommandError> {
    let loaded = load_suite(cx)?;
    let range = range(cx, arguments)?;
    let all = loaded
        .suite
        .log_groups
        .iter()
        .map(|group| group.name.clone());
    let log_groups = match arguments.log_groups.is_empty() {
        true => all.collect(),
        false => arguments.log_groups.clone(),
    };
    let watching = spinner(cx.watched, "looking for the request");
    let found = search(cx, &loaded, arguments, (&log_groups, range));
    watching.finish_and_clear();
    found
}

fn search(
    cx: &mut Context,
    loaded: &Loaded,
    arguments: &Arguments,
    (log_groups, range): (&[String], TimeRange),
) -> Result<Found, CommandError> {
    cx.block_on(async {
        let session = connect(cx, loaded).await?;
        let search = Search {
            session: &session,
            suite: &loaded.suite,
            log_groups,
            range,
            id: &arguments.id,
        };
        search.run().await
    })
}

/// Where nothing is said, a trace id's own time, else the last three hours.
fn range(cx: &Context, arguments: &Arguments) -> Result<TimeRange, CommandError> {
    let now = cx.clock.now();
    if let (None, Some(made)) = (arguments.since, arguments.id.made()) {
        let range = around(made);
        let end = Millis(range.end.0.min(now.0.max(range.start.0)));
        return Ok(TimeRange { end, ..range });
    }
    let zone = match arguments.utc {
        true => TimeZone::UTC,
        false => cx.settings.zone.clone(),
    };
    let since = arguments.since.unwrap_or(DEFAULT_BACK);
    let start = since.resolve(&Here { now, zone }, End::Start);
    let start = start.map_err(CommandError::usage)?;
    if start > now {
        return Err(CommandError::usage("the time begins in the future"));
    }
    Ok(TimeRange { start, end: now })
}

fn nothing(traced: &Traced, arguments: &Arguments) -> CommandError {
    let error = CommandError::user(format!("no line holds `{}`", traced.id));
    match (traced.notes.first(), arguments.files.is_empty()) {
        (Some(note), _) => error.hint(note),
        (None, true) => error.hint("--since looks further back"),
        (None, false) => error.hint("--file takes access logs and the service's log together"),
    }
}

fn show(cx: &mut Context, traced: &Traced) -> Result<(), CommandError> {
    if cx.globals.format == Format::Json {
        let text = serde_json::to_string_pretty(traced)
            .map_err(|error| CommandError::user(error.to_string()))?;
        writeln!(cx.out, "{text}")?;
        return Ok(());
    }
    write_traced(&mut cx.out, traced, cx.width)?;
    Ok(())
}
