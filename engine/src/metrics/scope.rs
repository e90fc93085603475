use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::evaluation::{Evaluation, Text, failure, parse};
use super::math::{Environment, Expression, MathError, Series, Value, unknown_id};
use super::query::{Grid, MetricDataQuery, QueryKind};
use super::search::Search;
use super::{MetricError, Statistic};
use crate::diag::{Diagnostic, Span, metric_math as codes};

/// Expressions may use expressions that use expressions, but no further than this.
const DEEPEST: usize = 32;

/// An expression at work: its grid, and the ids that are being worked out.
pub(super) struct Scope<'a> {
    evaluation: Evaluation<'a>,
    grid: Grid,
    open: RefCell<Vec<String>>,
    /// What has been worked out already.
    known: RefCell<BTreeMap<String, Value>>,
    /// Whether a search found more than it answers with.
    more: Cell<bool>,
}

impl<'a> Scope<'a> {
    pub(super) fn new(evaluation: Evaluation<'a>, query: &MetricDataQuery, grid: Grid) -> Self {
        Self {
            evaluation,
            grid,
            open: RefCell::new(vec![query.id.clone()]),
            known: RefCell::default(),
            more: Cell::new(false),
        }
    }

    /// Whether a search of what was worked out found more than it answers with.
    pub(super) fn found_more(&self) -> bool {
        self.more.get()
    }

    pub(super) fn expression(
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
        let value = parse(query, text).and_then(|text| match text {
            Text::Math(expression) => self.expression(query, &expression),
            Text::Sql(sql) => Ok(self.evaluation.sql(&sql, self.grid)),
        });
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

    fn search(&self, search: &Search, statistic: Statistic) -> Vec<Series> {
        let (series, more) = self.evaluation.search(search, statistic, self.grid);
        self.more.set(self.more.get() || more);
        series
    }
}
