use super::math::Expression;
use super::{MetricId, Statistic, Unit};
use crate::base::Millis;

/// The value of one statistic over one bucket.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Datapoint {
    /// The start of the bucket.
    pub timestamp: Millis,
    /// The value.
    pub value: f64,
    /// How many samples stand behind it; zero for the value of an expression.
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

impl Grid {
    /// The buckets, aligned to multiples of `period` (seconds) since the epoch, from the one that holds `start` to
    /// the last that begins before `end`.
    pub fn aligned(start: Millis, end: Millis, period: i64) -> Self {
        let width = period.max(1).saturating_mul(1000);
        let first = start.floor_to(width);
        let span = end.0.saturating_sub(first.0);
        let count = if span > 0 { (span - 1) / width + 1 } else { 0 };
        Self {
            start: first,
            period,
            count: usize::try_from(count).unwrap_or(usize::MAX),
        }
    }

    /// Width in milliseconds.
    pub fn period_millis(self) -> i64 {
        self.period.max(1).saturating_mul(1000)
    }

    /// The start of the bucket at `place`.
    pub fn at(self, place: usize) -> Millis {
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        self.start.plus(self.period_millis().saturating_mul(place))
    }

    /// The end of the last bucket, which is outside.
    pub fn end(self) -> Millis {
        self.at(self.count)
    }

    /// The starts of all buckets.
    pub fn starts(self) -> impl Iterator<Item = Millis> {
        (0..self.count).map(move |place| self.at(place))
    }
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

impl MetricDataQuery {
    /// How often its expression searches for metrics.
    pub(super) fn searches(&self) -> usize {
        match &self.kind {
            QueryKind::Expression { text, .. } => {
                Expression::parse(text).map_or(0, |e| e.searches())
            }
            QueryKind::Metric(_) => 0,
        }
    }
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
    /// `LabelOptions.Timezone` in seconds east of UTC: how labels show times.
    pub label_offset: i32,
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
    /// `StatusCode` is `Complete`, else `PartialData`: a Metrics Insights query or a search matched more than it answers with.
    pub is_complete: bool,
}
