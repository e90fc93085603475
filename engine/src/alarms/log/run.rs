use crate::alarms::Contributor;
use crate::base::{Millis, TimeRange};
use crate::insights::QueryResults;

use super::Aggregation;
use crate::alarms::choices::MOST_SERIES;

/// A query to be run for a log alarm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueRun {
    /// The alarm.
    pub alarm: String,
    /// When it was due.
    pub at: Millis,
    /// The query.
    pub text: String,
    /// Names or ARNs.
    pub log_groups: Vec<String>,
    /// What it covers, both ends included.
    pub range: TimeRange,
}

/// A run of a log alarm's query.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryRun {
    /// `QueryExecutionId`.
    pub id: String,
    /// When it was due.
    pub at: Millis,
    /// What came of it.
    pub outcome: RunOutcome,
}

/// What a run of a query gave.
#[derive(Clone, Debug, PartialEq)]
pub enum RunOutcome {
    /// Nothing, and why.
    Failed(String),
    /// A value for each contributor, in the order of the answer; without `by` one for the alarm. `None` where
    /// there was nothing to aggregate.
    Complete {
        /// At most 500.
        series: Vec<(Contributor, Option<f64>)>,
        /// Whether there were more: `PARTIAL_DATA`.
        is_partial: bool,
    },
}

impl RunOutcome {
    /// Aggregates the answer to a [`DueRun`].
    pub(in crate::alarms) fn read(aggregation: &Aggregation, results: &QueryResults) -> Self {
        let mut series = aggregation.values(results);
        let is_partial = series.len() > MOST_SERIES;
        series.truncate(MOST_SERIES);
        Self::Complete { series, is_partial }
    }
}
