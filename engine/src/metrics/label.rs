use std::collections::BTreeSet;

use super::MetricId;
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

    /// The label of `stat` among `queries`. Of several metrics of one name, the values of the dimensions in which they
    /// differ are added.
    pub(super) fn label(self, stat: &MetricStat, queries: &[MetricDataQuery]) -> String {
        let statistic = self
            .statistics_differ
            .then(|| format!(" {}", stat.statistic));
        let period = self.periods_differ.then(|| format!(" {}", stat.period));
        let (statistic, period) = (statistic.unwrap_or_default(), period.unwrap_or_default());
        let values = differing_values(&stat.id, queries);
        format!("{}{values}{statistic}{period}", stat.id.name)
    }
}

fn differing_values(id: &MetricId, queries: &[MetricDataQuery]) -> String {
    let namesakes = || {
        queries.iter().filter_map(|query| match &query.kind {
            QueryKind::Metric(stat) if stat.id.name == id.name => Some(&stat.id),
            QueryKind::Metric(_) | QueryKind::Expression { .. } => None,
        })
    };
    let differs = |name: &String| {
        namesakes().any(|other| other.dimensions.get(name) != id.dimensions.get(name))
    };
    let values = id.dimensions.iter().filter(|(name, _)| differs(name));
    values.map(|(_, value)| format!(" {value}")).collect()
}

/// Default labels of what a search finds: the values of the dimensions in which the metrics differ, in order of the
/// dimensions' names, then the metric's name where that differs or nothing else does.
#[derive(Clone, Debug)]
pub(super) struct SearchLabels {
    namespaces_differ: bool,
    names_differ: bool,
    dimensions: BTreeSet<String>,
}

impl SearchLabels {
    pub(super) fn of(found: &[&MetricId]) -> Self {
        let differ = |read: fn(&MetricId) -> &str| {
            found
                .iter()
                .map(|id| read(id))
                .collect::<BTreeSet<_>>()
                .len()
                > 1
        };
        let names: BTreeSet<&String> = found.iter().flat_map(|id| id.dimensions.keys()).collect();
        let varies = |name: &&String| {
            let values: BTreeSet<_> = found.iter().map(|id| id.dimensions.get(*name)).collect();
            values.len() > 1
        };
        Self {
            namespaces_differ: differ(|id| &id.namespace),
            names_differ: differ(|id| &id.name),
            dimensions: names.into_iter().filter(varies).cloned().collect(),
        }
    }

    pub(super) fn label(&self, id: &MetricId) -> String {
        let mut parts: Vec<&str> = Vec::new();
        if self.namespaces_differ {
            parts.push(&id.namespace);
        }
        let values = self
            .dimensions
            .iter()
            .filter_map(|name| id.dimensions.get(name));
        parts.extend(values.map(String::as_str));
        if self.names_differ || parts.is_empty() {
            parts.push(&id.name);
        }
        parts.join(" ")
    }
}
