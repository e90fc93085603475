use std::cell::RefCell;
use std::collections::BTreeMap;

use super::label::DefaultLabels;
use super::math::{Environment, Expression, MathError, Series, Value, unknown_id};
use super::query::{Datapoint, Grid, MetricDataQuery, MetricStat, QueryKind};
use super::series::kept_from;
use super::{MetricError, MetricStore};
use crate::base::Millis;
use crate::diag::{Diagnostic, Span, metric_math as codes};

/// Expressions may use expressions that use expressions, but no further than this.
const DEEPEST: usize = 32;

/// The queries of one request, ready to be worked out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evaluation<'a> {
    store: &'a MetricStore,
    queries: &'a [MetricDataQuery],
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
        let expression = parse(query, text)?;
        let known = self.queries.iter().map(|q| q.id.as_str());
        if let Some(unknown) = expression.unknown_ids(known).first() {
            return Err(failure(query, unknown));
        }
        let all = expression.uses_all_metrics();
        let ids: Vec<_> = expression.ids().into_iter().map(|(id, _)| id).collect();
        let mut longest = None;
        for other in self.queries {
            let is_metric = matches!(other.kind, QueryKind::Metric(_));
            let used = ids.contains(&other.id.as_str()) || (all && is_metric);
            if used && !seen.contains(&other.id.as_str()) {
                seen.push(&other.id);
                longest = longest.max(self.longest_period(other, seen)?);
            }
        }
        Ok(longest)
    }

    /// The series that `query` gives over `grid`.
    pub(super) fn run(
        &self,
        query: &MetricDataQuery,
        grid: Grid,
    ) -> Result<Vec<Outcome>, MetricError> {
        let text = match &query.kind {
            QueryKind::Metric(stat) => return Ok(vec![outcome(self.metric(stat, grid), false)]),
            QueryKind::Expression { text, .. } => text,
        };
        let scope = Scope {
            evaluation: *self,
            grid,
            open: RefCell::new(vec![query.id.clone()]),
            known: RefCell::default(),
        };
        let expression = parse(query, text)?;
        match scope.expression(query, &expression)? {
            Value::Series(series) => Ok(vec![Outcome {
                label: query.id.clone(),
                ..outcome(series, false)
            }]),
            Value::Array(array) => Ok(array.into_iter().map(|one| outcome(one, true)).collect()),
            other => Err(failure(query, &expression.not_a_series(&other))),
        }
    }

    fn metric(&self, stat: &MetricStat, grid: Grid) -> Series {
        let points = self.store.statistic(stat, grid);
        let kept = self.now.map(|now| kept_from(grid.period, now));
        let is_kept = |point: &Datapoint| kept.is_none_or(|kept| point.timestamp >= kept);
        let points = points
            .into_iter()
            .map(|p| p.filter(is_kept).map(|p| p.value))
            .collect();
        let series = Series::new(&self.labels.label(stat), points);
        Series {
            metric_period: Some(stat.period),
            ..series
        }
    }
}

fn outcome(series: Series, of_array: bool) -> Outcome {
    Outcome {
        label: series.label,
        points: series.points,
        of_array,
    }
}

fn parse(query: &MetricDataQuery, text: &str) -> Result<Expression, MetricError> {
    Expression::parse(text).map_err(|diagnostics| {
        let messages: Vec<_> = diagnostics.iter().map(placed).collect();
        error(query, &messages.join("; "))
    })
}

fn failure(query: &MetricDataQuery, diagnostic: &Diagnostic) -> MetricError {
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

/// An expression at work: its grid, and the ids that are being worked out.
struct Scope<'a> {
    evaluation: Evaluation<'a>,
    grid: Grid,
    open: RefCell<Vec<String>>,
    /// What has been worked out already.
    known: RefCell<BTreeMap<String, Value>>,
}

impl Scope<'_> {
    fn expression(
        &self,
        query: &MetricDataQuery,
        expression: &Expression,
    ) -> Result<Value, MetricError> {
        expression.evaluate(self).map_err(|error| match error {
            MathError::Text(diagnostic) => failure(query, &diagnostic),
            MathError::Query(error) => error,
        })
    }

    fn value(&self, query: &MetricDataQuery, span: Span) -> Result<Value, MathError> {
        let text = match &query.kind {
            QueryKind::Metric(stat) => {
                return Ok(Value::Series(self.evaluation.metric(stat, self.grid)));
            }
            QueryKind::Expression { text, .. } => text,
        };
        self.check_depth(query, span)?;
        self.open.borrow_mut().push(query.id.clone());
        let value = parse(query, text).and_then(|e| self.expression(query, &e));
        self.open.borrow_mut().pop();
        value.map_err(MathError::Query)
    }

    fn check_depth(&self, query: &MetricDataQuery, span: Span) -> Result<(), MathError> {
        let open = self.open.borrow();
        let id = &query.id;
        if open.contains(id) {
            let message = format!("`{id}` needs its own result");
            return Err(Diagnostic::error(&codes::CIRCULAR, span, message).into());
        }
        if open.len() >= DEEPEST {
            let message = format!("expressions use each other more than {DEEPEST} deep");
            return Err(Diagnostic::error(&codes::TOO_LARGE, span, message).into());
        }
        Ok(())
    }
}

impl Environment for Scope<'_> {
    fn grid(&self) -> Grid {
        self.grid
    }

    fn query(&self, id: &str, span: Span) -> Result<Value, MathError> {
        if let Some(value) = self.known.borrow().get(id) {
            return Ok(value.clone());
        }
        let queries = self.evaluation.queries;
        let Some(query) = queries.iter().find(|query| query.id == id) else {
            return Err(unknown_id(id, span, queries.iter().map(|q| q.id.as_str())).into());
        };
        let value = self.value(query, span)?;
        self.known.borrow_mut().insert(id.to_owned(), value.clone());
        Ok(value)
    }

    fn metrics(&self, part: &str) -> Result<Value, MathError> {
        let queries = self
            .evaluation
            .queries
            .iter()
            .filter(|query| query.id.contains(part));
        let metrics = queries.filter_map(|query| match &query.kind {
            QueryKind::Metric(stat) => Some(self.evaluation.metric(stat, self.grid)),
            QueryKind::Expression { .. } => None,
        });
        Ok(Value::Array(metrics.collect()))
    }
}
