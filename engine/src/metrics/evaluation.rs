use super::label::{DefaultLabels, SearchLabels};
use super::math::{Expression, Series, Value};
use super::query::{Datapoint, Grid, MetricDataQuery, MetricStat, QueryKind};
use super::scope::Scope;
use super::search::Search;
use super::series::kept_from;
use super::sql::{SqlAnswer, SqlQuery};
use super::{MetricError, MetricId, MetricStore, Statistic};
use crate::base::Millis;
use crate::diag::{Diagnostic, Span, metric_math as codes};

/// Metrics Insights has no data of less than a minute: shorter periods are answered by the minute ("Metrics Insights
/// quotas").
const SHORTEST_SQL_PERIOD: i64 = 60;
/// A search finds metrics with data of the last two weeks, 500 at most ("CloudWatch search expression syntax").
const TWO_WEEKS: i64 = 14 * 86_400_000;
const MOST_FOUND: usize = 500;

/// The queries of one request, ready to be worked out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evaluation<'a> {
    pub(super) store: &'a MetricStore,
    pub(super) queries: &'a [MetricDataQuery],
    labels: DefaultLabels,
    /// When the question is asked: older datapoints of fine periods are forgotten. Alarms look back too little
    /// for it to matter.
    now: Option<Millis>,
}

/// One series that a query gives.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outcome {
    /// The label where the query names none.
    pub(super) label: String,
    /// A value for each bucket of the grid.
    pub(super) points: Vec<Option<f64>>,
    /// Whether the query gave an array.
    pub(super) of_array: bool,
    /// The metric that it is, where nothing was calculated.
    pub(super) source: Option<Box<MetricStat>>,
}

/// What a query gives.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Outcomes {
    pub(super) series: Vec<Outcome>,
    /// What a Metrics Insights query answered.
    pub(super) sql: Option<SqlAnswer>,
    /// A search found more metrics than it answers with.
    pub(super) more_found: bool,
}

/// What the text of an expression is.
pub(super) enum Text {
    Math(Expression),
    Sql(SqlQuery),
}

impl<'a> Evaluation<'a> {
    pub(super) fn new(
        store: &'a MetricStore,
        queries: &'a [MetricDataQuery],
        labels: DefaultLabels,
    ) -> Self {
        Self {
            store,
            queries,
            labels,
            now: None,
        }
    }

    /// The same, asked at `now`.
    pub(super) fn at(self, now: Millis) -> Self {
        Self {
            now: Some(now),
            ..self
        }
    }

    /// The period in which `query` is worked out: of an expression, the longest among the metrics that it uses,
    /// directly or through other expressions; without any, its own.
    pub(super) fn period(&self, query: &MetricDataQuery) -> Result<i64, MetricError> {
        let (own, text) = match &query.kind {
            QueryKind::Metric(stat) => return Ok(stat.period),
            QueryKind::Expression { period, text } => (*period, text),
        };
        let mut seen = vec![query.id.as_str()];
        self.longest_period(query, &mut seen)?
            .or(own)
            .ok_or_else(|| {
                let span = Span::new(0, text.len());
                let message = "an expression without metrics needs a Period";
                failure(query, &Diagnostic::error(&codes::NO_PERIOD, span, message))
            })
    }

    fn longest_period(
        &self,
        query: &MetricDataQuery,
        seen: &mut Vec<&'a str>,
    ) -> Result<Option<i64>, MetricError> {
        let text = match &query.kind {
            QueryKind::Metric(stat) => return Ok(Some(stat.period)),
            QueryKind::Expression { text, .. } => text,
        };
        let expression = match parse(query, text)? {
            Text::Math(expression) => expression,
            Text::Sql(_) => return sql_period(query).map(Some),
        };
        let known = self.queries.iter().map(|q| q.id.as_str());
        if let Some(unknown) = expression.unknown_ids(known).first() {
            return Err(failure(query, unknown));
        }
        let mut longest = expression.search_period();
        let parts = expression.metrics_parts();
        let ids: Vec<_> = expression.ids().into_iter().map(|(id, _)| id).collect();
        for other in self.queries {
            let is_metric = matches!(other.kind, QueryKind::Metric(_));
            let is_taken = is_metric && parts.iter().any(|part| other.id.contains(part));
            let used = is_taken || ids.contains(&other.id.as_str());
            if used && !seen.contains(&other.id.as_str()) {
                seen.push(&other.id);
                longest = longest.max(self.longest_period(other, seen)?);
            }
        }
        Ok(longest)
    }

    /// The series that `query` gives over `grid`.
    pub(super) fn run(&self, query: &MetricDataQuery, grid: Grid) -> Result<Outcomes, MetricError> {
        let text = match &query.kind {
            QueryKind::Metric(stat) => {
                return Ok(Outcomes::of(vec![outcome(self.metric(stat, grid), false)]));
            }
            QueryKind::Expression { text, .. } => text,
        };
        match parse(query, text)? {
            Text::Sql(sql) => {
                let answer = sql.run(self.store, grid, self.now);
                let is_array = !sql.group_by.is_empty();
                let series = answer.series.iter().map(|one| Outcome {
                    label: one.label.clone(),
                    points: one.points.iter().map(|p| p.map(|p| p.value)).collect(),
                    of_array: is_array,
                    source: None,
                });
                Ok(Outcomes {
                    series: series.collect(),
                    sql: Some(answer),
                    more_found: false,
                })
            }
            Text::Math(expression) => {
                let scope = Scope::new(*self, query, grid);
                let value = scope.expression(query, &expression)?;
                Ok(Outcomes {
                    more_found: scope.found_more(),
                    ..Outcomes::of(outcomes(query, &expression, value)?)
                })
            }
        }
    }

    /// A Metrics Insights query as a value of metric math: an array where it groups, else a series.
    pub(super) fn sql(&self, sql: &SqlQuery, grid: Grid) -> Value {
        let answer = sql.run(self.store, grid, self.now);
        let series = answer.series.into_iter().map(|one| {
            let points = one.points.iter().map(|p| p.map(|p| p.value)).collect();
            Series::new(&one.label, points)
        });
        let mut series: Vec<Series> = series.collect();
        match sql.group_by.is_empty() {
            true => series.pop().map_or(Value::Array(Vec::new()), Value::Series),
            false => Value::Array(series),
        }
    }

    pub(super) fn metric(&self, stat: &MetricStat, grid: Grid) -> Series {
        let points = self.store.statistic(stat, grid);
        let kept = self.now.map(|now| kept_from(grid.period, now));
        let is_kept = |point: &Datapoint| kept.is_none_or(|kept| point.timestamp >= kept);
        let points = points
            .into_iter()
            .map(|p| p.filter(is_kept).map(|p| p.value))
            .collect();
        let series = Series::new(&self.labels.label(stat, self.queries), points);
        Series {
            metric_period: Some(stat.period),
            source: Some(Box::new(stat.clone())),
            ..series
        }
    }

    /// The metrics that had data in the last two weeks and that `search` finds, in order of their names, 500 at most; and
    /// whether there are more.
    pub(super) fn search(
        &self,
        search: &Search,
        statistic: Statistic,
        grid: Grid,
    ) -> (Vec<Series>, bool) {
        let now = self.now.unwrap_or_else(|| grid.end());
        let listed = self.store.list().into_iter();
        let recent = listed.filter(|(_, last)| *last >= now.plus(-TWO_WEEKS));
        let mut matching = recent
            .map(|(id, _)| id)
            .filter(|id| search.finds(id, self.store.account()));
        let found: Vec<&MetricId> = matching.by_ref().take(MOST_FOUND).collect();
        let more = matching.next().is_some();
        let labels = SearchLabels::of(&found);
        let series = found.into_iter().map(|id| {
            let stat = MetricStat {
                id: id.clone(),
                period: grid.period,
                statistic,
                unit: None,
            };
            Series {
                label: labels.label(id),
                metric_period: None,
                ..self.metric(&stat, grid)
            }
        });
        (series.collect(), more)
    }
}

fn outcome(series: Series, of_array: bool) -> Outcome {
    Outcome {
        label: series.label,
        points: series.points,
        of_array,
        source: series.source,
    }
}

impl Outcomes {
    fn of(series: Vec<Outcome>) -> Self {
        Self {
            series,
            ..Self::default()
        }
    }

    /// Whether it is all that the query matched.
    pub(super) fn is_complete(&self) -> bool {
        !self.more_found && self.sql.as_ref().is_none_or(SqlAnswer::is_complete)
    }
}

fn outcomes(
    query: &MetricDataQuery,
    expression: &Expression,
    value: Value,
) -> Result<Vec<Outcome>, MetricError> {
    match value {
        Value::Series(series) => Ok(vec![Outcome {
            label: query.id.clone(),
            ..outcome(series, false)
        }]),
        Value::Array(array) => Ok(array.into_iter().map(|one| outcome(one, true)).collect()),
        other => Err(failure(query, &expression.not_a_series(&other))),
    }
}

/// The period of a Metrics Insights query, which has no metric to take it from.
fn sql_period(query: &MetricDataQuery) -> Result<i64, MetricError> {
    match &query.kind {
        QueryKind::Expression {
            period: Some(period),
            ..
        } => Ok((*period).max(SHORTEST_SQL_PERIOD)),
        _ => Err(error(query, "a Metrics Insights query needs a Period")),
    }
}

pub(super) fn parse(query: &MetricDataQuery, text: &str) -> Result<Text, MetricError> {
    let parsed = if SqlQuery::is_meant(text) {
        SqlQuery::parse(text).map(Text::Sql)
    } else {
        Expression::parse(text).map(Text::Math)
    };
    parsed.map_err(|diagnostics| {
        let messages: Vec<_> = diagnostics.iter().map(placed).collect();
        error(query, &messages.join("; "))
    })
}

pub(super) fn failure(query: &MetricDataQuery, diagnostic: &Diagnostic) -> MetricError {
    error(query, &placed(diagnostic))
}

fn placed(diagnostic: &Diagnostic) -> String {
    format!(
        "{diagnostic} at character {}",
        diagnostic.primary.span.start + 1
    )
}

fn error(query: &MetricDataQuery, message: &str) -> MetricError {
    MetricError::validation(format!("Error in expression '{}': {message}", query.id))
}
