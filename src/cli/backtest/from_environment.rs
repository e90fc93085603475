use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::events::InputLogEvent;

use super::{Arguments, price};
use crate::aws::Session;
use crate::backtest::{Backtest, MetricReading};
use crate::cli::{CommandError, Context, Kind};
use crate::report::{Spinner, bytes, dollars, grouped};

/// Log events are read an hour at a time, so that no more than an hour of them is in memory.
const HOUR: i64 = 3_600_000;
/// Metrics are read a day at a time.
const DAY: i64 = 86_400_000;
/// CloudWatch keeps datapoints of a minute for so long.
const KEPT: i64 = 15 * DAY;

/// Feeds the events of `groups`, read with FilterLogEvents.
pub(super) async fn logs(
    session: &Session,
    groups: &[&str],
    range: TimeRange,
    backtest: &mut Backtest,
    spinner: &Spinner,
) -> Result<(), CommandError> {
    let wrong = |error| CommandError::new(Kind::User, error);
    let mut missing: Vec<&str> = Vec::new();
    let mut start = range.start;
    while start <= range.end {
        let end = start.plus(HOUR - 1).min(range.end);
        let mut events = Vec::new();
        for group in groups {
            match session.events_of(group, TimeRange { start, end }).await? {
                Some(found) => events.extend(found.into_iter().map(|event| (event, *group))),
                None if !missing.contains(group) => missing.push(group),
                None => {}
            }
        }
        events.sort_by_key(|((at, _), _)| *at);
        for ((timestamp, message), group) in events {
            let event = InputLogEvent { timestamp, message };
            backtest.log(group, event).map_err(wrong)?;
        }
        let fed = backtest.fed();
        let text = format!(
            "{} events, {}, up to {}",
            grouped(fed.events),
            bytes(fed.bytes),
            end.to_rfc3339()
        );
        spinner.say(&text);
        start = end.plus(1);
    }
    for group in missing {
        backtest.leave_out(format!("the log group {group} does not exist there"), 1);
    }
    Ok(())
}

/// What reading these metrics costs, said before.
pub(super) fn announce(
    cx: &mut Context,
    arguments: &Arguments,
    reading: &MetricReading,
    range: TimeRange,
) -> Result<(), CommandError> {
    let requests = usize::try_from((range.end.0 - range.start.0) / DAY + 1).unwrap_or(usize::MAX);
    let price = price::of_metrics(reading.count(), requests);
    price::check(price, arguments.max_cost)?;
    if !cx.globals.quiet {
        writeln!(
            cx.err,
            "reading {} metrics with GetMetricData, a day at a time: about {} (estimate)",
            reading.count(),
            dollars(price)
        )?;
    }
    Ok(())
}

/// Feeds the metrics that the alarms read, read with GetMetricData.
pub(super) async fn metrics(
    session: &Session,
    reading: &MetricReading,
    range: TimeRange,
    backtest: &mut Backtest,
    spinner: &Spinner,
) -> Result<(), CommandError> {
    for refused in &reading.refused {
        backtest.leave_out(refused.clone(), 1);
    }
    let wrong = |error| CommandError::new(Kind::User, error);
    let mut start = range.start;
    while start < range.end && !reading.stats.is_empty() {
        let end = start.plus(DAY).min(range.end);
        let answers = session.metric_values(&reading.stats, (start, end)).await?;
        for datum in reading.data(&answers) {
            backtest.put(datum).map_err(wrong)?;
        }
        spinner.say(&format!(
            "{} datapoints, up to {}",
            grouped(backtest.fed().data),
            end.to_rfc3339()
        ));
        start = end;
    }
    Ok(())
}

/// Refuses a time of which the service has only wider datapoints left.
pub(super) fn check_age(range: TimeRange, now: Millis) -> Result<(), CommandError> {
    if range.start >= now.plus(-KEPT) {
        return Ok(());
    }
    Err(
        CommandError::usage("CloudWatch keeps datapoints of a minute for 15 days")
            .hint("begin later, or read the logs (--read logs)"),
    )
}
