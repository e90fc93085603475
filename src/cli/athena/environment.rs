use belfry_athena::answer::{Answer, Statistics};

use super::Arguments;
use super::limit::Limit;
use super::mark::{marked, place};
use super::reading::check_reads;
use super::write::{charges, price};
use crate::aws::{AthenaRan, AthenaRequest, CloudError};
use crate::cli::connection::{Loaded, connect};
use crate::cli::interrupt::Interrupt;
use crate::cli::{CommandError, Context, Kind};
use crate::report::{Spinner, bytes, dollars};

/// Runs the query in the environment, as Athena: start, look after it, fetch the answer. Ctrl-C stops it there.
pub(super) fn ask(
    cx: &mut Context,
    arguments: &Arguments,
    loaded: &Loaded,
    text: &str,
) -> Result<Answer, CommandError> {
    let request = request(arguments, loaded, text)?;
    check_reads(text)?;
    let limit = Limit::of(arguments)?;
    let is_over = |scanned: Statistics| {
        limit
            .as_ref()
            .filter(|limit| limit.is_over(scanned.scanned))
    };
    let spinner = Spinner::new(cx.watched, "the query runs; Ctrl-C stops it");
    let mut watch = |scanned: Statistics| {
        spinner.say(&progress(scanned));
        is_over(scanned).is_none()
    };
    let ran = cx.block_on(async {
        let mut interrupt = Interrupt::listen()?;
        let session = connect(cx, loaded).await?;
        let ran = Box::pin(session.run_sql(&request, &mut watch, interrupt.next())).await;
        ran.map_err(|error| not_run(cx, text, error))
    });
    spinner.finish();
    let found = ended(cx, limit.as_ref(), loaded, text, ran?)?;
    if let (Some(Limit { flag, .. }), false) = (is_over(found.statistics), cx.globals.quiet) {
        let note = "note: more was scanned than";
        writeln!(
            cx.err,
            "{note} {flag} allows: the query ended before it was seen"
        )?;
    }
    Ok(found)
}

/// What flags name, else what the suite's `[athena]` does.
fn request<'r>(
    arguments: &'r Arguments,
    loaded: &'r Loaded,
    text: &'r str,
) -> Result<AthenaRequest<'r>, CommandError> {
    let place = &arguments.place;
    let own = loaded.suite.athena.as_ref();
    if own.is_none() && place.workgroup.is_none() && place.output.is_none() {
        let error = CommandError::usage("no files to look into, and belfry.toml has no `[athena]`");
        return Err(error.hint(
            "add --file; or name --workgroup (or --output) and --database to ask Athena in the environment",
        ));
    }
    let named = |flag: &'r Option<String>, of_suite: Option<&'r String>| {
        flag.as_ref().or(of_suite).map(String::as_str)
    };
    Ok(AthenaRequest {
        text,
        parameters: &arguments.parameters,
        workgroup: named(&place.workgroup, own.map(|athena| &athena.workgroup)),
        database: named(&place.database, own.map(|athena| &athena.database)),
        output: place.output.as_deref(),
    })
}

fn progress(scanned: Statistics) -> String {
    let price = dollars(price(scanned.scanned));
    let scanned = bytes(scanned.scanned);
    format!("{scanned} scanned, about {price} (estimate); Ctrl-C stops it")
}

/// A text that Athena does not take is the author's mistake; all else is the service's answer.
fn not_run(cx: &Context, text: &str, error: CloudError) -> CommandError {
    let of_text = error.code.as_deref() == Some("InvalidRequestException");
    match place(&error.message).filter(|_| of_text) {
        Some(place) => marked(cx, CommandError::user(error.message), text, place),
        None => error.into(),
    }
}

fn ended(
    cx: &Context,
    limit: Option<&Limit>,
    loaded: &Loaded,
    text: &str,
    ran: AthenaRan,
) -> Result<Answer, CommandError> {
    let by_aws = !loaded.suite.environment.is_local();
    Err(match ran {
        AthenaRan::Complete(answer) => return Ok(answer),
        AthenaRan::Failed { reason, by_text } => {
            let kind = match by_text {
                true => Kind::User,
                false => Kind::Cloud,
            };
            let error = CommandError::new(kind, anyhow::Error::msg(reason.clone()));
            match place(&reason) {
                Some(place) => marked(cx, error, text, place),
                None => error,
            }
        }
        AthenaRan::Cancelled(reason, scanned) => {
            CommandError::user(format!("Athena cancelled the query: {reason}"))
                .hint(charges(scanned, by_aws))
        }
        AthenaRan::Stopped(scanned) => {
            let error = match limit.filter(|limit| limit.is_over(scanned.scanned)) {
                Some(Limit { flag, .. }) => CommandError::user(format!(
                    "the query was stopped: it scanned more than {flag} allows"
                )),
                None => CommandError::user("the query was stopped"),
            };
            error.hint(charges(scanned, by_aws))
        }
    })
}
