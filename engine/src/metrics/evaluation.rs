use super::label::DefaultLabels;
use super::query::{Grid, MetricDataQuery, QueryKind};
use super::{MetricError, MetricStore};

/// The queries of one request, ready to be worked out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evaluation<'a> {
    store: &'a MetricStore,
    queries: &'a [MetricDataQuery],
    labels: DefaultLabels,
}

/// One series that a query gives.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Outcome {
    /// The label where the query names none.
    pub(super) label: String,
    /// A value for each bucket of the grid.
    pub(super) points: Vec<Option<f64>>,
    /// Whether the query gave several.
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
        }
    }

    /// The period in which `query` is worked out.
    pub(super) fn period(&self, query: &MetricDataQuery) -> Result<i64, MetricError> {
        match &query.kind {
            QueryKind::Metric(stat) => Ok(stat.period),
            QueryKind::Expression { .. } => Err(self.unsupported(query)),
        }
    }

    pub(super) fn run(
        &self,
        query: &MetricDataQuery,
        grid: Grid,
    ) -> Result<Vec<Outcome>, MetricError> {
        match &query.kind {
            QueryKind::Metric(stat) => {
                let points = self.store.statistic(stat, grid);
                let points = points.into_iter().map(|p| p.map(|p| p.value)).collect();
                Ok(vec![Outcome {
                    label: self.labels.label(stat),
                    points,
                    of_array: false,
                }])
            }
            QueryKind::Expression { .. } => Err(self.unsupported(query)),
        }
    }

    fn unsupported(&self, query: &MetricDataQuery) -> MetricError {
        let _ = self.queries;
        MetricError::validation(format!(
            "Error in expression '{}': metric math is not supported here yet",
            query.id
        ))
    }
}
