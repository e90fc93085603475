use belfry_engine::alarms::{AlarmMetric, MetricAlarm};
use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::metrics::{Dimensions, MetricId, MetricStat, QueryKind};

use super::{Count, MetricEvidence};

/// A metric filter that publishes to a metric an alarm reads.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedingFilter {
    /// Whose events.
    pub log_group: String,
    /// Its name.
    pub name: String,
    /// Its pattern.
    pub pattern: String,
    /// A number or a selector.
    pub value: String,
    /// What an event that does not match publishes.
    pub default: Option<f64>,
}

/// What the events of a group say about a feed, in the range that was looked at.
#[derive(Clone, Debug)]
pub struct Looked {
    /// Events of the group; none where there is no such group.
    pub events: Option<Count>,
    /// Of these, those that match.
    pub matched: Option<Count>,
    /// The first that match.
    pub lines: Vec<(Millis, String)>,
}

/// Where and when the evidence is.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// `us-east-1`.
    pub region: &'a str,
    /// The environment's name in belfry.toml.
    pub environment: &'a str,
    /// The range that was looked at, both ends included.
    pub range: TimeRange,
}

/// What an alarm watches: `Sum of FraudDetection ErrorCount`, or an expression with its metrics.
pub(super) fn watched_in_words(alarm: &MetricAlarm) -> String {
    match &alarm.metric {
        AlarmMetric::Single(stat) => stat_in_words(stat),
        AlarmMetric::Math(queries) => {
            let part = |query: &belfry_engine::metrics::MetricDataQuery| match &query.kind {
                QueryKind::Metric(stat) => format!("{} = {}", query.id, stat_in_words(stat)),
                QueryKind::Expression { text, .. } => format!("{} = `{text}`", query.id),
            };
            let parts: Vec<String> = queries.iter().map(part).collect();
            let result = queries.iter().find(|query| query.return_data);
            let result = result.map_or("?", |query| query.id.as_str());
            format!("{result} ({})", parts.join(", "))
        }
    }
}

fn stat_in_words(stat: &MetricStat) -> String {
    let unit = stat.unit.map(|unit| format!(" in {}", unit.as_str()));
    format!(
        "{} of {}{}",
        stat.statistic,
        metric_in_words(&stat.id),
        unit.unwrap_or_default()
    )
}

/// `FraudDetection CircuitBreakerState {Service="fraud-detection-service"}`.
pub fn metric_in_words(id: &MetricId) -> String {
    format!("{} {}{}", id.namespace, id.name, braces(&id.dimensions))
}

fn braces(dimensions: &Dimensions) -> String {
    if dimensions.is_empty() {
        return String::new();
    }
    let pairs = dimensions
        .iter()
        .map(|(name, value)| format!("{name}=\"{value}\""));
    format!(" {{{}}}", pairs.collect::<Vec<_>>().join(", "))
}

/// The metrics behind an alarm, each with its id in metric math.
pub fn watched(alarm: &MetricAlarm) -> Vec<(Option<&str>, &MetricStat)> {
    match &alarm.metric {
        AlarmMetric::Single(stat) => vec![(None, stat)],
        AlarmMetric::Math(queries) => queries
            .iter()
            .filter_map(|query| match &query.kind {
                QueryKind::Metric(stat) => Some((Some(query.id.as_str()), stat)),
                QueryKind::Expression { .. } => None,
            })
            .collect(),
    }
}

impl MetricEvidence {
    /// Nothing known yet but the samples.
    pub fn new(id: Option<&str>, stat: &MetricStat, samples: f64) -> Self {
        Self {
            id: id.map(str::to_owned),
            metric: metric_in_words(&stat.id),
            statistic: stat.statistic.to_string(),
            samples,
            ..Self::default()
        }
    }

    /// Says under which other dimensions the metric exists.
    pub fn exists_as(&mut self, asked: &Dimensions, sets: &[Dimensions]) {
        let others = sets.iter().filter(|set| *set != asked);
        let words = others.map(|set| match set.is_empty() {
            true => "no dimensions".to_owned(),
            false => braces(set).trim().to_owned(),
        });
        self.other_dimensions = words.collect();
    }
}
