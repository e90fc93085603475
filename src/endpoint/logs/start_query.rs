use std::thread;

use belfry_engine::account::PendingQuery;
use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::diag::{Diagnostic, Help, Severity};
use belfry_engine::insights::{Query, RunOptions, compile_with};

use super::read;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `StartQuery`: compiles the text with the account's saved queries in the place of their calls, and scans the groups' events as they are now, on a thread of its own, so
/// that other requests go on. A started query lives in memory only and is not written to the journal.
pub(super) const OPERATION: Operation = Operation {
    name: "StartQuery",
    mutates: false,
    members: &[
        "queryLanguage",
        "logGroupName",
        "logGroupNames",
        "logGroupIdentifiers",
        "startTime",
        "endTime",
        "queryString",
        "limit",
    ],
    call,
};

/// Log groups that one request may name.
const MOST_GROUPS: usize = 50;
/// Queries that may run at the same time.
const MOST_RUNNING: usize = 100;
/// Numbers from here on are milliseconds: as seconds they would lie after the year 5100.
const FIRST_MILLIS: i64 = 100_000_000_000;

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    read::query_language(input)?;
    let text = read::required_text(input, "queryString", 0..=10_000)?;
    let limit = read::number(input, "limit", 1..=100_000)?;
    let range = range(input)?;
    let named = named_groups(cx, input)?;
    let (query, _warnings) = compile_with(text, &cx.account.query_definitions)
        .map_err(|found| malformed(&found, text))?;
    let groups = groups(cx, input, named, &query)?;
    let range = match query.source() {
        Some(source) => source.range(range, cx.now),
        None => range,
    };
    if range.end < range.start {
        return Err(input.invalid("the end behind SOURCE is before its start"));
    }
    check_groups(cx, &groups, range)?;
    super::selection::check_classes(cx, &groups, &query).map_err(|wrong| {
        let place = wrong.1.in_chars(text);
        compile_error(&wrong.0, Some((place.start, place.end)))
    })?;
    if cx.account.queries.running() >= MOST_RUNNING {
        return Err(Fault::new(
            "LimitExceededException",
            "Account maximum query concurrency limit of [100] reached.",
        ));
    }
    let options = RunOptions {
        range,
        now: cx.now,
        limit: limit.and_then(|limit| usize::try_from(limit).ok()),
    };
    let id = start(cx, (text, query), groups, options)?;
    Ok(Document::structure([("queryId", id.into())]))
}

/// Both ends are included. AWS turns the end's second into its last millisecond: a recorded
/// DescribeQueries shows `START=<startTime>000 END=<endTime>999`.
fn range(input: &Input<'_>) -> Result<TimeRange, Fault> {
    let read = |name| -> Result<i64, Fault> {
        read::number(input, name, 0..=i64::MAX)?.ok_or_else(|| input.missing(name))
    };
    let (start, end) = (read("startTime")?, read("endTime")?);
    let millis = |value: i64, rest: i64| match value {
        FIRST_MILLIS.. => Millis(value),
        _ => Millis::from_seconds(value).plus(rest),
    };
    let range = TimeRange {
        start: millis(start, 0),
        end: millis(end, 999),
    };
    if range.end < range.start {
        return Err(input.invalid(format!(
            "the query's end time {end} is before its start time {start}"
        )));
    }
    Ok(range)
}

/// The groups that the request names, each once; at most one of three members may be given.
fn named_groups(cx: &Context<'_>, input: &Input<'_>) -> Result<Vec<String>, Fault> {
    let members = ["logGroupName", "logGroupNames", "logGroupIdentifiers"];
    let given: Vec<_> = members.into_iter().filter(|name| input.has(name)).collect();
    let named = match given.as_slice() {
        [] => Vec::new(),
        ["logGroupName"] => vec![input.required_str("logGroupName")?],
        [one] => input.strings(one)?,
        _ => {
            return Err(input.invalid(format!(
                "exactly one of logGroupName, logGroupNames and logGroupIdentifiers may be given; found {}",
                given.join(", ")
            )));
        }
    };
    if named.len() > MOST_GROUPS {
        return Err(input.invalid(format!(
            "a query reads at most {MOST_GROUPS} log groups; found {}",
            named.len()
        )));
    }
    let mut groups: Vec<String> = Vec::new();
    for identifier in named {
        let name = read::identified(cx, identifier)?;
        if !groups.iter().any(|group| group == name) {
            groups.push(name.to_owned());
        }
    }
    Ok(groups)
}

/// The groups of the request, or those of the text's `SOURCE`.
fn groups(
    cx: &Context<'_>,
    input: &Input<'_>,
    named: Vec<String>,
    query: &Query,
) -> Result<Vec<String>, Fault> {
    match (named.is_empty(), query.source()) {
        (false, None) => Ok(named),
        (true, Some(source)) => super::selection::groups(cx, source),
        (true, None) => Err(input.invalid(
            "no log group is selected: logGroupName, logGroupNames, logGroupIdentifiers or SOURCE in the \
             query string must name one",
        )),
        (false, Some(_)) => Err(input.invalid(
            "log groups are selected twice: by the request and by SOURCE in the query string",
        )),
    }
}

/// Every group must exist, and some of them must be searchable within the range.
fn check_groups(cx: &Context<'_>, groups: &[String], range: TimeRange) -> Result<(), Fault> {
    let mut searchable = false;
    for name in groups {
        let group = cx.account.logs.group(name).map_err(|_| {
            Fault::new(
                "ResourceNotFoundException",
                format!(
                    "Log group '{name}' does not exist for account ID '{}'",
                    cx.account_id
                ),
            )
        })?;
        searchable |= group.searchable_from(cx.now) <= range.end;
    }
    if searchable {
        return Ok(());
    }
    Err(compile_error(
        "Query's end date and time is either before the log groups creation time or exceeds the log \
         groups log retention settings",
        None,
    ))
}

fn start(
    cx: &mut Context<'_>,
    compiled: (&str, Query),
    groups: Vec<String>,
    options: RunOptions,
) -> Result<String, Fault> {
    let names: Vec<&str> = groups.iter().map(String::as_str).collect();
    let source = cx.account.query_source(&names, cx.now)?;
    let refusals = compiled.1.refusals(&source);
    if !refusals.is_empty() {
        return Err(malformed(&refusals, compiled.0));
    }
    let others = super::selection::others(cx, &compiled.1)?;
    let id = cx.account.ids.next("query", cx.now);
    let pending = cx
        .account
        .queries
        .start(&id, compiled, (groups, source, others), options);
    run(pending)?;
    Ok(id)
}

fn run(pending: PendingQuery) -> Result<(), Fault> {
    thread::Builder::new()
        .name("query".to_owned())
        .spawn(move || pending.run())
        .map(drop)
        .map_err(|error| Fault::internal(format!("cannot start a thread for the query: {error}")))
}

/// The errors of a text that does not compile: the place is that of the first, counted in characters; the
/// others follow in the message with theirs.
pub(super) fn malformed(found: &[Diagnostic], text: &str) -> Fault {
    let mut errors = found.iter().filter(|d| d.severity == Severity::Error);
    let Some(first) = errors.next() else {
        return Fault::internal("the query was refused without a reason");
    };
    let others = errors.map(|error| {
        let place = error.primary.span.in_chars(text);
        format!("[{},{}] {}", place.start, place.end, words(error))
    });
    let message: Vec<String> = std::iter::once(words(first)).chain(others).collect();
    let message = message.join("; ");
    let place = first.primary.span.in_chars(text);
    compile_error(&message, Some((place.start, place.end)))
}

fn words(diagnostic: &Diagnostic) -> String {
    let mut words = diagnostic.message.clone();
    if !diagnostic.primary.text.is_empty() {
        words.push_str(": ");
        words.push_str(&diagnostic.primary.text);
    }
    match &diagnostic.help {
        None => words,
        Some(Help::Text(help)) => format!("{words} (help: {help})"),
        Some(Help::Replace { text, message, .. }) => format!("{words} (help: {message}: `{text}`)"),
    }
}

fn compile_error(message: &str, place: Option<(usize, usize)>) -> Fault {
    let location = place.map(|(start, end)| {
        Document::structure([
            ("startCharOffset", Document::from(start)),
            ("endCharOffset", end.into()),
        ])
    });
    let error = Document::structure([
        ("location", location.unwrap_or(Document::Null)),
        ("message", message.into()),
    ]);
    Fault::new("MalformedQueryException", message).with_member("queryCompileError", error)
}
