use std::collections::BTreeMap;

use belfry_engine::alarms::MetricAlarm;
use belfry_engine::metrics::{MetricDatum, MetricStat, Statistic, Unit};

use crate::why::{Asked, Values, metric_in_words};

/// Buckets of what is read: alarms look at whole minutes.
const MINUTE: i64 = 60;

/// What GetMetricData is asked to feed the alarms of all versions.
#[derive(Clone, Debug, Default)]
pub struct MetricReading {
    /// What to ask.
    pub stats: Vec<MetricStat>,
    /// Each metric with its answers.
    metrics: Vec<(MetricStat, Asked)>,
    /// What cannot be read, and why.
    pub refused: Vec<String>,
}

impl MetricReading {
    /// What `alarms` read. A metric whose alarms do not agree on one statistic that can be read is left out by name.
    pub fn of<'a>(alarms: impl Iterator<Item = &'a MetricAlarm>) -> Self {
        let mut wanted: BTreeMap<_, Vec<(&str, MetricStat)>> = BTreeMap::new();
        for alarm in alarms {
            for stat in alarm.metric.stats() {
                let key = (stat.id.clone(), stat.unit.map(Unit::as_str));
                let readers = wanted.entry(key).or_default();
                readers.push((&alarm.name, stat.clone()));
            }
        }
        let mut reading = Self::default();
        for readers in wanted.values() {
            match one(readers) {
                Ok(stat) => {
                    let asked = Asked::ask(&stat, MINUTE, &mut reading.stats);
                    reading.metrics.push((stat, asked));
                }
                Err(reason) => reading.refused.push(reason),
            }
        }
        reading
    }

    /// How many metrics are asked for, as AWS counts them for the price: up to five statistics of a metric count once.
    pub fn count(&self) -> usize {
        self.metrics.len()
    }

    /// The data that the answers stand for, by time.
    pub fn data(&self, answers: &[Values]) -> Vec<MetricDatum> {
        let mut data = Vec::new();
        for (stat, asked) in &self.metrics {
            for (timestamp, values) in asked.samples(answers) {
                data.push(MetricDatum {
                    id: stat.id.clone(),
                    values,
                    unit: stat.unit.unwrap_or(Unit::None),
                    timestamp,
                    high_resolution: false,
                });
            }
        }
        data.sort_by_key(|datum| datum.timestamp);
        data
    }
}

/// The one statistic that serves all readers of a metric.
fn one(readers: &[(&str, MetricStat)]) -> Result<MetricStat, String> {
    let (_, first) = readers.first().ok_or("nothing reads it")?;
    let refuse = |why: &str| {
        let mut names: Vec<&str> = readers.iter().map(|(name, _)| *name).collect();
        names.dedup();
        let metric = metric_in_words(&first.id);
        Err(format!(
            "{metric}, which {} reads: {why}; read its log instead",
            names.join(" and ")
        ))
    };
    if readers.iter().any(|(_, stat)| stat.period < MINUTE) {
        return refuse("GetMetricData keeps buckets under a minute for three hours only");
    }
    let whole: Vec<_> = readers
        .iter()
        .filter(|(_, stat)| stat.statistic.needs_values())
        .collect();
    match whole.as_slice() {
        [] => Ok(first.clone()),
        [(_, stat), rest @ ..] => {
            if whole.len() < readers.len()
                || rest
                    .iter()
                    .any(|(_, other)| other.statistic != stat.statistic)
            {
                return refuse(
                    "a percentile cannot be read beside another statistic of the same metric",
                );
            }
            if readers.iter().any(|(_, stat)| stat.period != MINUTE) {
                return refuse(
                    "GetMetricData does not give percentiles for buckets that slide, wider than a minute",
                );
            }
            if !matches!(stat.statistic, Statistic::Percentile(_)) {
                return refuse("only percentiles can be fed back from their values");
            }
            Ok(stat.clone())
        }
    }
}
