use super::evaluation::Evaluation;
use super::get_metric_data::{check_count, check_queries};
use super::label::DefaultLabels;
use super::query::{Datapoint, Grid, MetricDataQuery, QueryKind};
use super::sql::SqlSeries;
use super::{MetricError, MetricStore};

/// What the queries of an alarm give over its buckets.
#[derive(Clone, Debug, PartialEq)]
pub struct GridAnswer {
    /// The series of the query that returns data.
    pub series: Vec<GridSeries>,
    /// Whether it is all that matched: a Metrics Insights query reads 10,000 metrics and answers with 500 series.
    pub is_complete: bool,
    /// Whether the query groups, so that there may be any number of series (an alarm of several contributors).
    pub is_grouped: bool,
}

/// One series over the buckets of a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct GridSeries {
    /// Its name.
    pub label: String,
    /// The labels of a Metrics Insights group with their values, in the order of GROUP BY.
    pub group: Vec<(String, String)>,
    /// A point for each bucket, or none.
    pub points: Vec<Option<Datapoint>>,
}

/// Evaluates the queries over one given grid (alarms: sliding buckets) and returns the series of the one query with
/// `return_data`: several where it is a Metrics Insights query with GROUP BY, or an expression that gives an array.
pub fn series_on_grid(
    store: &MetricStore,
    queries: &[MetricDataQuery],
    grid: Grid,
) -> Result<GridAnswer, MetricError> {
    check_queries(queries)?;
    refuse_searches(queries)?;
    check_count(grid.count)?;
    let mut returning = queries.iter().filter(|q| q.return_data);
    let (Some(query), None) = (returning.next(), returning.next()) else {
        return Err(MetricError::validation(
            "Exactly one element of the metrics list should return data.",
        ));
    };
    if let QueryKind::Metric(stat) = &query.kind {
        return Ok(GridAnswer::of(vec![GridSeries {
            label: stat.id.name.to_string(),
            group: Vec::new(),
            points: store.statistic(stat, grid),
        }]));
    }
    let evaluation = Evaluation::new(store, queries, DefaultLabels::of(queries));
    let outcomes = evaluation.run(query, grid)?;
    if let Some(answer) = outcomes.sql {
        return Ok(GridAnswer {
            is_complete: answer.is_complete(),
            is_grouped: outcomes.series.first().is_none_or(|one| one.of_array),
            series: answer.series.into_iter().map(of_sql).collect(),
        });
    }
    let is_grouped = outcomes.series.iter().any(|one| one.of_array);
    let series = outcomes.series.into_iter().map(|outcome| GridSeries {
        points: calculated(&outcome.points, grid),
        label: outcome.label,
        group: Vec::new(),
    });
    Ok(GridAnswer {
        is_grouped,
        ..GridAnswer::of(series.collect())
    })
}

/// An alarm does not search ("Search expressions" of the user guide).
fn refuse_searches(queries: &[MetricDataQuery]) -> Result<(), MetricError> {
    let searching = queries.iter().find(|query| query.searches() > 0);
    searching.map_or(Ok(()), |query| {
        Err(MetricError::validation(format!(
            "Error in expression '{}': SEARCH is not supported in alarms",
            query.id
        )))
    })
}

/// The one series of [`series_on_grid`]; several are refused.
pub fn evaluate_on_grid(
    store: &MetricStore,
    queries: &[MetricDataQuery],
    grid: Grid,
) -> Result<Vec<Option<Datapoint>>, MetricError> {
    let mut series = series_on_grid(store, queries, grid)?.series;
    match (series.pop(), series.is_empty()) {
        (Some(one), true) => Ok(one.points),
        _ => {
            let returning = queries.iter().find(|q| q.return_data);
            let id = returning.map_or("", |query| query.id.as_str());
            Err(MetricError::validation(format!(
                "Error in expression '{id}': expected one time series"
            )))
        }
    }
}

impl GridAnswer {
    fn of(series: Vec<GridSeries>) -> Self {
        Self {
            series,
            is_complete: true,
            is_grouped: false,
        }
    }
}

fn of_sql(series: SqlSeries) -> GridSeries {
    let group = series.group.into_iter();
    GridSeries {
        label: series.label,
        group: group
            .map(|(label, value)| (label.as_str().to_owned(), value))
            .collect(),
        points: series.points,
    }
}

fn calculated(points: &[Option<f64>], grid: Grid) -> Vec<Option<Datapoint>> {
    let points = grid.starts().zip(points);
    let point = |(timestamp, value): (_, &Option<f64>)| {
        Some(Datapoint {
            timestamp,
            value: (*value)?,
            sample_count: 0.0,
        })
    };
    points.map(point).collect()
}
