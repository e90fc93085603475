use std::io;
use std::mem;

use belfry_engine::insights::QueryResults;

use super::Arguments;
use super::all_rows::AllRows;
use super::asking::Asking;
use super::spend::{Person, Spend};
use super::subject::Subject;
use crate::cli::connection::{Loaded, connect};
use crate::cli::interrupt::Interrupt;
use crate::cli::{CommandError, Context};
use crate::report::{Sheet, Spinner};

/// An answer and what it cost; none where nothing is charged.
pub(super) type Priced = (QueryResults, Option<f64>);

/// Runs the query in the environment, as Logs Insights: start, wait, answer. Ctrl-C stops it there.
pub(super) fn run(
    cx: &mut Context,
    arguments: &Arguments,
    subject: &Subject,
    loaded: &Loaded,
    sheet: &mut Sheet,
) -> Result<Priced, CommandError> {
    let log_groups = log_groups(arguments, subject, loaded)?;
    let times = arguments.when.of_groups(cx)?;
    if !cx.globals.quiet {
        writeln!(cx.err, "{}", times.show())?;
    }
    let charged = !loaded.suite.environment.is_local();
    let mut out = mem::replace(&mut cx.out, Box::new(io::sink()));
    let mut asking = Asking {
        text: &subject.text,
        log_groups: &log_groups,
        spinner: Spinner::new(cx.watched, "the query runs; Ctrl-C stops it"),
        spend: Spend::new(charged, arguments.max_cost),
        person: Person::take(cx),
        before: 0,
    };
    let answer = cx.block_on(async {
        let mut interrupt = Interrupt::listen()?;
        let session = connect(cx, loaded).await?;
        if arguments.all {
            let all = AllRows::of(subject, times.range, sheet)?;
            asking.all(&session, &mut interrupt, all, &mut out).await
        } else {
            let (range, limit) = (times.range, arguments.limit);
            asking.once(&session, &mut interrupt, range, limit).await
        }
    });
    let price = asking.spend.so_far(&Default::default());
    asking.spinner.finish();
    asking.person.give_back(cx);
    cx.out = out;
    Ok((answer?, price))
}

/// Those of the command line, else those of the saved query; none where the text itself names them.
pub(super) fn log_groups(
    arguments: &Arguments,
    subject: &Subject,
    loaded: &Loaded,
) -> Result<Vec<String>, CommandError> {
    if subject.has_source() {
        return Ok(Vec::new());
    }
    let named = [&arguments.log_groups, &subject.log_groups];
    if let Some(groups) = named.into_iter().find(|groups| !groups.is_empty()) {
        return Ok(groups.clone());
    }
    let groups = loaded.suite.log_groups.iter();
    let known: Vec<&str> = groups.map(|group| group.name.as_str()).collect();
    let error = CommandError::usage("the query names no log group");
    Err(error.hint(format!(
        "add --log-group; the suite has {}",
        known.join(", ")
    )))
}
