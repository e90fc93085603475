use belfry_engine::diag::render_text;
use belfry_engine::insights::{Query, QueryResults, RunOptions};

use super::all_rows::AllRows;
use super::files::Files;
use super::slices::MOST_ROWS;
use super::subject::Subject;
use super::when::Times;
use super::{Arguments, log_type, unknown_fields};
use crate::cli::{CommandError, Context, Format};
use crate::report::Sheet;

/// Runs the query over the events of files, with the engine that the endpoint has.
pub(super) fn run(
    cx: &mut Context,
    arguments: &Arguments,
    subject: &Subject,
    declared: &[String],
    sheet: &mut Sheet,
) -> Result<QueryResults, CommandError> {
    let query = subject.query()?;
    if query.reads_others() {
        let message =
            "the query reads other log groups or lookup tables, which a file does not have";
        return Err(CommandError::user(message).hint("run it against the endpoint or AWS"));
    }
    let mut files = Files::read(arguments)?;
    let guesses = log_type::settle(&mut files, query, arguments.log_type)?;
    subject.check_source(cx, &files)?;
    let times = times(cx, arguments, query, &files)?;
    let now = cx.clock.now();
    let run = |range, limit: Option<u32>| {
        let options = RunOptions {
            range,
            now,
            limit: limit.and_then(|limit| usize::try_from(limit).ok()),
        };
        let answer = query.run(&files, &options);
        answer.map_err(|error| CommandError::user(error.message))
    };
    let mut results = if arguments.all {
        let mut all = AllRows::of(subject, files.within(times.range), sheet)?;
        while let Some(range) = all.next() {
            all.take(range, run(range, Some(MOST_ROWS))?, &mut cx.out)?;
        }
        all.finish()
    } else {
        run(times.range, arguments.limit)?
    };
    let mut known = declared.to_vec();
    known.extend(log_type::fields(&files));
    let unknown = unknown_fields::warnings(query, &files, &known);
    results
        .notes
        .extend(log_type::without_group(query, arguments, &files));
    results.notes.extend(guesses);
    if cx.globals.format == Format::Json {
        let remarks = unknown.iter().map(unknown_fields::remark);
        results.notes.extend(remarks);
    } else if !unknown.is_empty() && !cx.globals.quiet {
        let rendered = render_text(&unknown, &subject.text, "query", cx.err_coloured);
        writeln!(cx.err, "{rendered}\n")?;
    }
    files.check()?;
    if query.source().is_some() {
        let note = "SOURCE names log groups; the file was read instead";
        results.notes.push(note.to_owned());
    }
    Ok(results)
}

/// The time range: that of the flags, or the one that `SOURCE` says in the text.
fn times(
    cx: &mut Context,
    arguments: &Arguments,
    query: &Query,
    files: &Files,
) -> Result<Times, CommandError> {
    let source = query.source().filter(|source| source.has_times());
    if let (true, Some(_)) = (arguments.when.is_given(), source) {
        let message = "`SOURCE` says a time range, and so do the flags";
        return Err(
            CommandError::usage(message).hint("CloudWatch follows `SOURCE`; leave out one of them")
        );
    }
    let is_given = arguments.when.is_given() || source.is_some();
    if let (true, Some(undated)) = (is_given, files.first_undated()) {
        let message = format!("a time range needs times, and no line of {undated} has one");
        return Err(CommandError::user(message)
            .hint("name the field that holds the time with --time-field"));
    }
    let times = match source {
        Some(source) => arguments.when.of_source(cx, source)?,
        None => arguments.when.of_file(cx)?,
    };
    if is_given && !cx.globals.quiet {
        writeln!(cx.err, "{}", times.show())?;
    }
    Ok(times)
}
