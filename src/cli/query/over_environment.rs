use std::io::{self, Write};

use belfry_engine::base::TimeRange;
use belfry_engine::insights::QueryResults;

use super::Arguments;
use super::slices::{MOST_ROWS, Slices};
use super::spend::Spend;
use super::subject::Subject;
use super::when::Times;
use crate::aws::{QueryRequest, Ran, Running, Session};
use crate::cli::connection::{Loaded, connect};
use crate::cli::interrupt::Interrupt;
use crate::cli::{CommandError, Context, Kind};
use crate::report::{Spinner, bytes, dollars, grouped};

/// An answer and what it cost; none where nothing is charged.
pub(super) type Priced = (QueryResults, Option<f64>);

/// Runs the query in the environment, as Logs Insights: start, wait, answer. Ctrl-C stops it there.
pub(super) fn run(
    cx: &mut Context,
    arguments: &Arguments,
    subject: &Subject,
    loaded: &Loaded,
) -> Result<Priced, CommandError> {
    let log_groups = log_groups(arguments, subject, loaded)?;
    let times = arguments.when.of_groups(cx)?;
    if !cx.globals.quiet {
        writeln!(cx.err, "{}", times.show())?;
    }
    let charged = !loaded.suite.environment.is_local();
    let spend = Spend::new(charged, arguments.max_cost, cx.can_ask);
    let err = std::mem::replace(&mut cx.err, Box::new(io::sink()));
    let mut asking = Asking {
        text: &subject.text,
        log_groups: &log_groups,
        spinner: Spinner::new(cx.watched, "the query runs; Ctrl-C stops it"),
        spend,
        err,
    };
    let answer = cx.block_on(async {
        let mut interrupt = Interrupt::listen()?;
        let session = connect(cx, loaded).await?;
        match arguments.all {
            true => asking.all(&session, &mut interrupt, subject, &times).await,
            false => {
                asking
                    .once(&session, &mut interrupt, times.range, arguments.limit)
                    .await
            }
        }
    });
    let price = answer
        .as_ref()
        .ok()
        .and_then(|_| asking.spend.so_far(&Default::default()));
    cx.err = asking.finish();
    Ok((answer?, price))
}

/// One command's queries: what they ask, and what they cost.
struct Asking<'a> {
    text: &'a str,
    log_groups: &'a [String],
    spinner: Spinner,
    spend: Spend,
    err: Box<dyn Write + Send>,
}

impl Asking<'_> {
    async fn once(
        &mut self,
        session: &Session,
        interrupt: &mut Interrupt,
        range: TimeRange,
        limit: Option<u32>,
    ) -> Result<QueryResults, CommandError> {
        let request = QueryRequest {
            text: self.text,
            log_groups: self.log_groups,
            range,
            limit: limit.and_then(|limit| i32::try_from(limit).ok()),
        };
        let mut watch = |running: &Running| {
            self.spinner.say(&progress(running, &self.spend));
            let (spinner, spend, err) = (&self.spinner, &mut self.spend, &mut self.err);
            spinner.suspend(|| spend.allows(&running.statistics, err))
        };
        let ran = Box::pin(session.run_query(&request, &mut watch, interrupt.next())).await?;
        match ran {
            Ran::Complete(results) => {
                self.spend.ended(&results.statistics);
                Ok(results)
            }
            Ran::Stopped(scanned) if self.spend.is_over(&scanned) => Err(CommandError::new(
                Kind::Check,
                anyhow::Error::msg(self.spend.refusal(&scanned)),
            )),
            Ran::Stopped(_) => Err(CommandError::user(
                "the query was stopped; it costs no more",
            )),
        }
    }

    /// Every row: part of the time after part, where they are more than one query gives.
    async fn all(
        &mut self,
        session: &Session,
        interrupt: &mut Interrupt,
        subject: &Subject,
        times: &Times,
    ) -> Result<QueryResults, CommandError> {
        let most = usize::try_from(MOST_ROWS).unwrap_or(usize::MAX);
        let mut slices = Slices::of(times.range, subject.time_order()?, most);
        while let Some(range) = slices.next() {
            let results = self
                .once(session, interrupt, range, Some(MOST_ROWS))
                .await?;
            slices.take(range, results);
            let nothing = Default::default();
            if slices.has_more() && !self.spend.allows(&nothing, &mut self.err) {
                let refusal = self.spend.refusal(&nothing);
                return Err(CommandError::new(Kind::Check, anyhow::Error::msg(refusal)));
            }
        }
        Ok(slices.finish())
    }

    fn finish(self) -> Box<dyn Write + Send> {
        self.spinner.finish();
        self.err
    }
}

fn progress(running: &Running, spend: &Spend) -> String {
    let scanned = &running.statistics;
    let price = match spend.so_far(scanned) {
        Some(price) => format!(", about {} (estimate)", dollars(price)),
        None => String::new(),
    };
    format!(
        "{} records, {} scanned{price}; {} rows so far; Ctrl-C stops it",
        grouped(scanned.records_scanned),
        bytes(scanned.bytes_scanned),
        running.rows,
    )
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
