use std::collections::BTreeSet;

use super::choices::MOST_BUCKETS;
use super::dynamic_label::DynamicLabel;
use super::evaluation::{Evaluation, Outcome};
use super::label::DefaultLabels;
use super::label_text::LabelFacts;
use super::query::{
    Grid, MetricDataQuery, MetricDataRequest, MetricDataResult, MetricStat, QueryKind,
};
use super::sql::SqlQuery;
use super::{MetricError, MetricStore, Unit};
use crate::base::Millis;

const MOST_QUERIES: usize = 500;
/// "A graph can have up to 100 search expressions" (user guide).
const MOST_SEARCHES: usize = 100;
const DAY: i64 = 86_400_000;

/// Answers GetMetricData.
pub fn get_metric_data(
    store: &MetricStore,
    request: &MetricDataRequest,
    now: Millis,
) -> Result<Vec<MetricDataResult>, MetricError> {
    check_request(request)?;
    let labels = DefaultLabels::of(&request.queries);
    let mut results = Vec::new();
    for query in request.queries.iter().filter(|q| q.return_data) {
        let evaluation = Evaluation::new(store, &request.queries, labels).at(now);
        let grid = grid_of(request, evaluation.period(query)?, now)?;
        let messages = match &query.kind {
            QueryKind::Metric(stat) => messages(store, stat, grid),
            QueryKind::Expression { .. } => Vec::new(),
        };
        let outcomes = evaluation.run(query, grid)?;
        let is_complete = outcomes.is_complete();
        let several = outcomes.series.len() > 1;
        for outcome in outcomes.series {
            let mut points = points(&outcome, grid);
            let facts = LabelFacts {
                label: &outcome.label,
                points: &points,
                source: outcome.source.as_deref(),
                store,
                now,
                offset: request.label_offset,
            };
            let label = label_of(query, &outcome, several, &facts)?;
            if request.descending {
                points.reverse();
            }
            results.push(MetricDataResult {
                id: query.id.clone(),
                label,
                points,
                messages: messages.clone(),
                is_complete,
            });
        }
    }
    Ok(results)
}

fn check_request(request: &MetricDataRequest) -> Result<(), MetricError> {
    if request.start >= request.end {
        return Err(MetricError::validation(
            "The parameter StartTime must be less than the parameter EndTime.",
        ));
    }
    if request.queries.len() > MOST_QUERIES {
        return Err(MetricError::size("MetricDataQueries", MOST_QUERIES));
    }
    let searches: usize = request.queries.iter().map(MetricDataQuery::searches).sum();
    if searches > MOST_SEARCHES {
        return Err(MetricError::validation(format!(
            "A request holds at most {MOST_SEARCHES} SEARCH expressions, found {searches}."
        )));
    }
    check_queries(&request.queries)
}

pub(super) fn check_queries(queries: &[MetricDataQuery]) -> Result<(), MetricError> {
    check_sql(queries)?;
    let mut ids = BTreeSet::new();
    for query in queries {
        if !is_id(&query.id) {
            return Err(MetricError::validation(format!(
                "The value {} for parameter MetricDataQueries.member.Id is invalid: an id begins with a lower-case letter \
                 and has letters, digits and _ only.",
                query.id
            )));
        }
        if !ids.insert(query.id.as_str()) {
            return Err(MetricError::validation(format!(
                "The values for parameter id in MetricDataQueries are not unique: {}.",
                query.id
            )));
        }
        if let Some(label) = &query.label {
            DynamicLabel::parse(label)?;
        }
        match &query.kind {
            QueryKind::Metric(stat) => check_period(stat.period)?,
            QueryKind::Expression { period, .. } => period.map_or(Ok(()), check_period)?,
        }
    }
    Ok(())
}

/// A request holds one Metrics Insights query at most (API reference, GetMetricData).
fn check_sql(queries: &[MetricDataQuery]) -> Result<(), MetricError> {
    let is_sql = |query: &&MetricDataQuery| match &query.kind {
        QueryKind::Expression { text, .. } => SqlQuery::is_meant(text),
        QueryKind::Metric(_) => false,
    };
    match queries.iter().filter(is_sql).nth(1) {
        None => Ok(()),
        Some(second) => Err(MetricError::validation(format!(
            "Only one Metrics Insights query is allowed in a request: '{}' is the second.",
            second.id
        ))),
    }
}

fn is_id(id: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    id.starts_with(|c: char| c.is_ascii_lowercase()) && id.len() <= 255 && id.chars().all(is_word)
}

/// 1, 5, 10, 20, 30 or a multiple of 60 seconds.
fn check_period(period: i64) -> Result<(), MetricError> {
    let short = [1, 5, 10, 20, 30].contains(&period);
    if short || (period > 0 && period % 60 == 0) {
        return Ok(());
    }
    Err(MetricError::validation(format!(
        "The value {period} for parameter Period is invalid: it must be 1, 5, 10, 20, 30 or a multiple of 60."
    )))
}

pub(super) fn check_count(count: usize) -> Result<(), MetricError> {
    if count <= MOST_BUCKETS {
        return Ok(());
    }
    Err(MetricError::validation(format!(
        "The time range holds {count} periods, more than the {MOST_BUCKETS} supported here."
    )))
}

/// The buckets of `period` from the one that holds StartTime to the last that begins before EndTime.
fn grid_of(request: &MetricDataRequest, period: i64, now: Millis) -> Result<Grid, MetricError> {
    let grid = Grid::aligned(
        rounded_start(request.start, period, now),
        request.end,
        period,
    );
    check_count(grid.count)?;
    Ok(grid)
}

/// StartTime rounded down as GetMetricData documents: by its age to the minute, five minutes or the hour, and to
/// the period itself where that is shorter than a minute.
fn rounded_start(start: Millis, period: i64, now: Millis) -> Millis {
    let age = now.0.saturating_sub(start.0);
    let width = match age {
        _ if period < 60 => period * 1000,
        age if age < 15 * DAY => 60_000,
        age if age <= 63 * DAY => 300_000,
        _ => 3_600_000,
    };
    start.floor_to(width)
}

/// Where samples of several units are there, the answer is that of one, and says so (recorded from AWS).
fn messages(store: &MetricStore, stat: &MetricStat, grid: Grid) -> Vec<(String, String)> {
    if stat.unit.is_some() {
        return Vec::new();
    }
    let units = store.units(&stat.id, grid.start, grid.end());
    if units.len() < 2 {
        return Vec::new();
    }
    let names: Vec<_> = units.into_iter().map(Unit::as_str).collect();
    let text = format!("Multiple units returned: '[{}]'", names.join(", "));
    vec![("MultipleUnits".to_owned(), text)]
}

/// The points, oldest first.
fn points(outcome: &Outcome, grid: Grid) -> Vec<(Millis, f64)> {
    let points = grid.starts().zip(&outcome.points);
    points
        .filter_map(|(at, value)| Some((at, (*value)?)))
        .collect()
}

/// The caller's label; where an expression gives several series, with the label of each behind it. A dynamic label
/// stands for each series alone.
fn label_of(
    query: &MetricDataQuery,
    outcome: &Outcome,
    several: bool,
    facts: &LabelFacts<'_>,
) -> Result<String, MetricError> {
    let Some(label) = &query.label else {
        return Ok(outcome.label.clone());
    };
    let dynamic = DynamicLabel::parse(label)?;
    Ok(match dynamic.is_dynamic() {
        true => dynamic.text(facts)?,
        false if label.is_empty() && outcome.of_array => outcome.label.clone(),
        false if several => format!("{label} {}", outcome.label),
        false => label.clone(),
    })
}
