use super::value::{Series, Value};
use crate::diag::{Diagnostic, Span};
use crate::metrics::search::Search;
use crate::metrics::{Grid, MetricError, Statistic};

/// Why an expression gives no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MathError {
    /// Something in its own text, boxed for its size.
    Text(Box<Diagnostic>),
    /// A query that it uses fails.
    Query(MetricError),
}

impl From<Diagnostic> for MathError {
    fn from(diagnostic: Diagnostic) -> Self {
        Self::Text(Box::new(diagnostic))
    }
}

/// What an expression is worked out in.
pub(in crate::metrics) trait Environment {
    /// The buckets of every series.
    fn grid(&self) -> Grid;

    /// The value of the query `id`, used at `span`.
    fn query(&self, id: &str, span: Span) -> Result<Value, MathError>;

    /// All metrics of the request, those whose id contains `part`.
    fn metrics(&self, part: &str) -> Result<Value, MathError>;

    /// One statistic of each metric that `search` finds.
    fn search(&self, search: &Search, statistic: Statistic) -> Vec<Series>;
}
