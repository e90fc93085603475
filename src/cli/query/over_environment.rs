use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::insights::QueryResults;

use super::Arguments;
use super::since::Since;
use super::subject::Subject;
use crate::aws::{QueryRequest, Ran};
use crate::cli::connection::{Loaded, connect};
use crate::cli::{CommandError, Context};
use crate::report::spinner;

/// An hour.
const DEFAULT_SINCE: Since = Since::Ago(3_600_000);

/// Runs the query in the environment, as Logs Insights: start, wait, answer. Ctrl-C stops it there.
pub(super) fn run(
    cx: &Context,
    arguments: &Arguments,
    subject: &Subject,
    loaded: &Loaded,
) -> Result<QueryResults, CommandError> {
    let log_groups = log_groups(arguments, subject, loaded)?;
    let now = cx.clock.now();
    let since = arguments.since.unwrap_or(DEFAULT_SINCE);
    let request = QueryRequest {
        text: &subject.text,
        log_groups: &log_groups,
        range: TimeRange {
            start: since.from(now),
            // StartQuery counts in whole seconds; the present one is included.
            end: Millis::from_seconds(now.as_seconds() + 1),
        },
        limit: arguments.limit.map(i32::from),
    };
    let watching = spinner(cx.watched, "the query runs; Ctrl-C stops it");
    let ran = cx.block_on(async {
        let session = connect(cx, loaded).await?;
        let stop = async {
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        Ok(session.run_query(&request, stop).await?)
    });
    watching.finish_and_clear();
    match ran? {
        Ran::Complete(results) => Ok(results),
        Ran::Stopped => Err(CommandError::user(
            "the query was stopped; it costs no more",
        )),
    }
}

/// Those of the command line, else those of the saved query; none where the text itself names them.
fn log_groups(
    arguments: &Arguments,
    subject: &Subject,
    loaded: &Loaded,
) -> Result<Vec<String>, CommandError> {
    if subject.query.source().is_some() {
        return Ok(Vec::new());
    }
    let named = [&arguments.log_groups, &subject.log_groups];
    if let Some(groups) = named.into_iter().find(|groups| !groups.is_empty()) {
        return Ok(groups.clone());
    }
    let known = loaded
        .suite
        .log_groups
        .iter()
        .map(|group| group.name.as_str());
    let known: Vec<&str> = known.collect();
    Err(
        CommandError::usage("the query names no log group").hint(format!(
            "add --log-group; the suite has {}",
            known.join(", ")
        )),
    )
}
