use std::collections::BTreeSet;

use super::MetricError;
use super::query::{MetricDataQuery, MetricStat, QueryKind};

/// AWS's default labels of the metrics of a request: the metric's name, with the statistic where the queries
/// differ in it, and the period where they differ in that (recorded from AWS).
#[derive(Clone, Copy, Debug)]
pub(super) struct DefaultLabels {
    statistics_differ: bool,
    periods_differ: bool,
}

impl DefaultLabels {
    pub(super) fn of(queries: &[MetricDataQuery]) -> Self {
        let stats = || {
            queries.iter().filter_map(|query| match &query.kind {
                QueryKind::Metric(stat) => Some(stat),
                QueryKind::Expression { .. } => None,
            })
        };
        let statistics: BTreeSet<_> = stats().map(|s| s.statistic.to_string()).collect();
        let periods: BTreeSet<_> = stats().map(|s| s.period).collect();
        Self {
            statistics_differ: statistics.len() > 1,
            periods_differ: periods.len() > 1,
        }
    }

    pub(super) fn label(self, stat: &MetricStat) -> String {
        let statistic = self
            .statistics_differ
            .then(|| format!(" {}", stat.statistic));
        let period = self.periods_differ.then(|| format!(" {}", stat.period));
        let (statistic, period) = (statistic.unwrap_or_default(), period.unwrap_or_default());
        format!("{}{statistic}{period}", stat.id.name)
    }
}

/// Refuses what a label asks for and is not worked out here: the dynamic parts, `${…}`.
pub(super) fn check(label: &str) -> Result<(), MetricError> {
    match label.find("${") {
        None => Ok(()),
        Some(at) => {
            let part = label.get(at..).unwrap_or_default();
            let end = part.find('}').map_or(part.len(), |end| end + 1);
            let part = part.get(..end).unwrap_or_default();
            Err(MetricError::validation(format!(
                "the dynamic label {part} is not supported here: leave it out, or give the label as plain text"
            )))
        }
    }
}
