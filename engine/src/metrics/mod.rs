//! Datapoints: the metric store, statistics, metric math; metric filters and embedded metrics turn
//! events into datapoints.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::Millis;
use crate::pattern::FilterPattern;

/// Dimension names and values, sorted by name.
pub type Dimensions = BTreeMap<String, String>;

/// What tells one metric from another: the exact set of dimensions belongs to it, the unit does not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MetricId {
    /// `FraudDetection`, `AWS/ECS`.
    pub namespace: Arc<str>,
    /// `ErrorCount`.
    pub name: Arc<str>,
    /// The exact set.
    pub dimensions: Dimensions,
}

/// CloudWatch's unit names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// No unit.
    None,
}

/// Aggregates without the single values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StatisticSet {
    /// How many samples.
    pub sample_count: f64,
    /// Their sum.
    pub sum: f64,
    /// The least.
    pub minimum: f64,
    /// The greatest.
    pub maximum: f64,
}

/// The numbers of one datum.
#[derive(Clone, Debug, PartialEq)]
pub enum DatumValues {
    /// Values with their counts.
    Distribution(Vec<(f64, f64)>),
    /// Aggregates only.
    StatisticSet(StatisticSet),
}

/// One entry of PutMetricData.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricDatum {
    /// Which metric.
    pub id: MetricId,
    /// The numbers.
    pub values: DatumValues,
    /// Their unit.
    pub unit: Unit,
    /// When.
    pub timestamp: Millis,
    /// `StorageResolution` 1.
    pub high_resolution: bool,
}

/// A statistic by its name: `Sum`, `Average`, `p99`.
#[derive(Clone, Debug, PartialEq)]
pub enum Statistic {
    /// How many samples.
    SampleCount,
}

impl Statistic {
    /// Reads AWS's name of a statistic; the error says what is wrong.
    pub fn parse(_text: &str) -> Result<Self, String> {
        todo!()
    }
}

/// The value of one statistic over one bucket.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Datapoint {
    /// The start of the bucket.
    pub timestamp: Millis,
    /// The value.
    pub value: f64,
    /// How many samples stand behind it.
    pub sample_count: f64,
}

/// One metric under one statistic.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricStat {
    /// Which metric.
    pub id: MetricId,
    /// Width of a bucket in seconds.
    pub period: i64,
    /// Which statistic.
    pub statistic: Statistic,
    /// Only samples of this unit.
    pub unit: Option<Unit>,
}

/// Buckets: `count` of them, `period` seconds wide, the first from `start`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Start of the first bucket; alarms slide, so it need not be a multiple of the period.
    pub start: Millis,
    /// Width in seconds.
    pub period: i64,
    /// How many.
    pub count: usize,
}

/// What one query of GetMetricData asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum QueryKind {
    /// A metric.
    Metric(MetricStat),
    /// Metric math over the other queries.
    Expression {
        /// The text.
        text: String,
        /// Seconds, where the query gives them.
        period: Option<i64>,
    },
}

/// One query of GetMetricData.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricDataQuery {
    /// `m1`.
    pub id: String,
    /// Metric or expression.
    pub kind: QueryKind,
    /// What the caller wants it called.
    pub label: Option<String>,
    /// Whether it appears in the answer.
    pub return_data: bool,
}

/// A call of GetMetricData, checked for shape.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricDataRequest {
    /// The queries.
    pub queries: Vec<MetricDataQuery>,
    /// Included.
    pub start: Millis,
    /// Excluded.
    pub end: Millis,
    /// `ScanBy` is `TimestampDescending`.
    pub descending: bool,
}

/// One series of the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricDataResult {
    /// The query's id.
    pub id: String,
    /// AWS's default label, or the caller's.
    pub label: String,
    /// In the order asked for.
    pub points: Vec<(Millis, f64)>,
    /// Messages `(code, value)`, such as `MultipleUnits`.
    pub messages: Vec<(String, String)>,
}

/// A request that CloudWatch refuses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct MetricError {
    /// AWS's error code: `ValidationError`, `InvalidParameterValue`, `InvalidParameterCombination`.
    pub code: &'static str,
    /// The text.
    pub message: String,
}

/// All datapoints of an account, bounded in memory by retention.
#[derive(Debug, Default)]
pub struct MetricStore {}

impl MetricStore {
    /// Takes one datum; refuses what PutMetricData refuses (`now` decides about its age).
    pub fn put(&mut self, _datum: &MetricDatum, _now: Millis) -> Result<(), MetricError> {
        todo!()
    }

    /// One statistic over each bucket of `grid`; `None` where a bucket has no data.
    pub fn statistic(&self, _stat: &MetricStat, _grid: Grid) -> Vec<Option<Datapoint>> {
        todo!()
    }

    /// The units under which `id` has samples in `[start, end)`.
    pub fn units(&self, _id: &MetricId, _start: Millis, _end: Millis) -> Vec<Unit> {
        todo!()
    }

    /// All metrics with the time of their last sample, in order.
    pub fn list(&self) -> Vec<(&MetricId, Millis)> {
        todo!()
    }

    /// Drops what retention no longer keeps.
    pub fn expire(&mut self, _now: Millis) {
        todo!()
    }
}

/// Answers GetMetricData.
pub fn get_metric_data(
    _store: &MetricStore,
    _request: &MetricDataRequest,
    _now: Millis,
) -> Result<Vec<MetricDataResult>, MetricError> {
    todo!()
}

/// Evaluates the queries over one given grid (alarms: sliding buckets) and returns the series of the one
/// query with `return_data`; `None` where a bucket has no value.
pub fn evaluate_on_grid(
    _store: &MetricStore,
    _queries: &[MetricDataQuery],
    _grid: Grid,
) -> Result<Vec<Option<Datapoint>>, MetricError> {
    todo!()
}

/// A metric filter: events in, data out.
#[derive(Clone, Debug)]
pub struct MetricFilter {
    /// 1 to 512 characters.
    pub name: String,
    /// The pattern as given.
    pub pattern_text: String,
    /// The pattern, parsed.
    pub pattern: FilterPattern,
    /// What a match publishes.
    pub transformation: MetricTransformation,
    /// When it was put.
    pub creation_time: Millis,
}

/// What a metric filter publishes.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricTransformation {
    /// Metric name.
    pub name: String,
    /// Namespace.
    pub namespace: String,
    /// A number, `$.path`, `$name` or `$3`.
    pub value: String,
    /// Published for every event that does not match.
    pub default_value: Option<f64>,
    /// Name → selector, at most three.
    pub dimensions: Dimensions,
    /// Unit.
    pub unit: Unit,
}

impl MetricFilter {
    /// Checks all of PutMetricFilter's rules (pattern, name, transformation); the error carries AWS's text.
    pub fn try_new(
        _name: &str,
        _pattern: &str,
        _transformation: MetricTransformation,
        _now: Millis,
    ) -> Result<Self, MetricError> {
        todo!()
    }

    /// What `message`, stamped `timestamp`, publishes; nothing, or one datum.
    pub fn publish(&self, _message: &str, _timestamp: Millis) -> Option<MetricDatum> {
        todo!()
    }
}

/// What the embedded metric format makes of one event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EmbeddedMetrics {
    /// The data, one for each metric and dimension set.
    pub data: Vec<MetricDatum>,
    /// Why parts were dropped; CloudWatch drops them silently and counts them.
    pub dropped: Vec<String>,
}

/// Reads an event as embedded metric format; `None` where it is not such a document.
pub fn embedded_metrics(_message: &str, _event_timestamp: Millis) -> Option<EmbeddedMetrics> {
    todo!()
}
