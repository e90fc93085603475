use std::borrow::Cow;

use super::group::Groups;
use super::prepare::prepare;
use super::rows::{Row, apply_all};
use super::rowwise::Pointer;
use super::scan::Scanning;
use crate::base::TimeRange;
use crate::events::EventSource;
use crate::insights::agg::Arguments;
use crate::insights::choices;
use crate::insights::others::SourceError;
use crate::insights::plan::{Operator, Plan, Stats};
use crate::insights::value::{Value, java_text};
use crate::insights::whole::Running;
use crate::insights::{QueryResults, ResultRow, RunOptions, Statistics};

/// Runs a plan. `serial` takes one chunk after the other; the answer is the same.
pub(in crate::insights) fn run(
    plan: &Plan,
    source: &dyn EventSource,
    options: &RunOptions,
    pointer: Pointer<'_>,
    serial: bool,
) -> Result<QueryResults, SourceError> {
    let mut running = Running::new(options);
    let last = trailing_limit(plan, options);
    let (rows, statistics) = scan(plan, source, &mut running, last, pointer, serial);
    if let Some(reason) = running.refused {
        return Err(reason);
    }
    let notes = notes(plan, statistics, source, running.notes);
    Ok(results(plan, rows, statistics, source, notes))
}

/// The first `last` rows of a plan as values, for what reads them within a query.
pub(in crate::insights) fn rows(
    plan: &Plan,
    source: &dyn EventSource,
    options: &RunOptions,
    last: usize,
    pointer: Pointer<'_>,
    serial: bool,
) -> Result<(Vec<Row>, Statistics), SourceError> {
    let mut running = Running::new(options);
    let found = scan(plan, source, &mut running, last, pointer, serial);
    running.refused.map_or(Ok(found), Err)
}

fn scan(
    plan: &Plan,
    source: &dyn EventSource,
    running: &mut Running<'_>,
    last: usize,
    pointer: Pointer<'_>,
    serial: bool,
) -> (Vec<Row>, Statistics) {
    let options = running.options;
    let scan = prepare(plan);
    let scanning = Scanning {
        scan: &scan,
        width: plan.events.width,
        source,
        options,
        pointer,
        serial,
        range: range(plan, options),
    };
    let (mut rows, statistics) = match plan.stages.first() {
        Some((stats, _)) if scan.rest.is_empty() => {
            let (groups, statistics) = scanning.groups(stats);
            (after_stats(plan, groups, running), statistics)
        }
        first => {
            let (rows, statistics) = scanning.rows(scan_limit(scan.rest, last));
            let rows = apply_all(rows, scan.rest, running);
            match first {
                Some((stats, _)) => {
                    let groups = grouped(stats, &rows, options);
                    (after_stats(plan, groups, running), statistics)
                }
                None => (rows, statistics),
            }
        }
    };
    rows.truncate(last);
    (rows, statistics)
}

/// The events' range: that of the run, earlier where `offset` says so.
fn range(plan: &Plan, options: &RunOptions) -> TimeRange {
    let first = plan
        .stages
        .first()
        .and_then(|(stats, _)| stats.offset.as_ref());
    let back = first.map_or(0, |(_, millis)| millis.saturating_neg());
    if options.range == TimeRange::ALL {
        return options.range;
    }
    TimeRange {
        start: options.range.start.plus(back),
        end: options.range.end.plus(back),
    }
}

/// The limit behind everything: StartQuery's, or 10,000 where the text has none either.
fn trailing_limit(plan: &Plan, options: &RunOptions) -> usize {
    match options.limit {
        Some(limit) => limit.min(choices::MAXIMUM_LIMIT),
        None if plan.limited => choices::MAXIMUM_LIMIT,
        None => plan.choices.default_limit,
    }
}

/// How many rows of the scan can reach the answer.
fn scan_limit(rest: &[Operator], last: usize) -> usize {
    match rest.first() {
        None => last,
        Some(Operator::Limit(count)) => *count,
        Some(_) => usize::MAX,
    }
}

fn grouped<'p>(stats: &'p Stats, rows: &[Row], options: &RunOptions) -> Groups<'p> {
    let mut groups = Groups::new(stats);
    for row in rows {
        groups.add(&row.values, options);
    }
    groups
}

fn after_stats(plan: &Plan, groups: Groups<'_>, running: &mut Running<'_>) -> Vec<Row> {
    let options = running.options;
    let mut stages = plan.stages.iter();
    let Some((_, segment)) = stages.next() else {
        return Vec::new();
    };
    let mut rows = groups.finish(segment.width, options);
    rows = apply_all(rows, &segment.operators, running);
    for (stats, segment) in stages {
        rows = grouped(stats, &rows, options).finish(segment.width, options);
        rows = apply_all(rows, &segment.operators, running);
    }
    rows
}

fn results(
    plan: &Plan,
    rows: Vec<Row>,
    statistics: Statistics,
    source: &dyn EventSource,
    notes: Vec<String>,
) -> QueryResults {
    let rows = rows.into_iter().map(|row| result_row(plan, &row)).collect();
    QueryResults {
        columns: plan
            .columns
            .iter()
            .map(|column| column.label.clone())
            .collect(),
        rows,
        statistics: Statistics {
            log_groups_scanned: u64::try_from(source.log_groups()).unwrap_or(u64::MAX),
            ..statistics
        },
        notes,
    }
}

/// What the source says, and where AWS's numbers may differ.
fn notes(
    plan: &Plan,
    statistics: Statistics,
    source: &dyn EventSource,
    running: Vec<String>,
) -> Vec<String> {
    let mut notes = source.notes();
    notes.extend(plan.notes.iter().cloned());
    notes.extend(running);
    let aggregates = plan.stages.iter().flat_map(|(stats, _)| &stats.aggregates);
    for note in aggregates.clone().filter_map(|call| call.aggregate.note) {
        if !notes.iter().any(|said| said == note) {
            notes.push(note.to_owned());
        }
    }
    let mut aggregates = aggregates;
    let has_percentile =
        aggregates.any(|call| call.aggregate.arguments == Arguments::OneAndPercent);
    if has_percentile && statistics.records_matched >= choices::PERCENTILES_ESTIMATED_FROM {
        notes.push(
            "percentiles are exact (nearest rank); CloudWatch estimates them over some hundred values and more, so that its answer may differ slightly"
                .to_owned(),
        );
    }
    notes
}

fn result_row(plan: &Plan, row: &Row) -> ResultRow {
    let cell = |slot: usize| {
        let value = row.values.get(slot)?;
        match value {
            Value::Written(text) if plan.choices.numbers_as_java => Some(java_text(text)),
            _ => value.cell().map(Cow::into_owned),
        }
    };
    ResultRow {
        cells: plan
            .columns
            .iter()
            .map(|column| cell(column.slot))
            .collect(),
        position: row.position,
    }
}
