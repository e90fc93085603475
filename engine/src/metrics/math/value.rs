use crate::metrics::MetricStat;

/// What an expression gives.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::metrics) enum Value {
    /// A number; not a number where it has no value (the average of an empty series).
    Scalar(f64),
    /// A time series.
    Series(Series),
    /// An array of time series.
    Array(Vec<Series>),
    /// Text, an argument of some functions.
    Text(String),
    /// A word, an argument of some functions.
    Keyword(&'static str),
}

/// A time series over the buckets of the expression's grid.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::metrics) struct Series {
    /// What it is called where nothing else names it.
    pub(in crate::metrics) label: String,
    /// A value for each bucket, or none.
    pub(in crate::metrics) points: Vec<Option<f64>>,
    /// The period in seconds of the metric that it is; `None` for what was calculated.
    pub(in crate::metrics) metric_period: Option<i64>,
    /// The metric that it is, or that a search found; `None` for what was calculated.
    pub(in crate::metrics) source: Option<Box<MetricStat>>,
}

impl Value {
    /// What it is, in words.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Scalar(_) => "a scalar",
            Self::Series(_) => "a time series",
            Self::Array(_) => "an array of time series",
            Self::Text(_) => "text",
            Self::Keyword(_) => "a keyword",
        }
    }
}

impl Series {
    /// A calculated series.
    pub(in crate::metrics) fn new(label: &str, points: Vec<Option<f64>>) -> Self {
        // A value that is not finite has no place in CloudWatch: the point is dropped. Adding zero takes the sign from
        // a zero.
        let finite = |point: Option<f64>| point.filter(|v| v.is_finite()).map(|v| v + 0.0);
        let finite = points.into_iter().map(finite);
        Self {
            label: label.to_owned(),
            points: finite.collect(),
            metric_period: None,
            source: None,
        }
    }

    /// The same series with every value changed; `None` drops the point.
    pub(super) fn map(&self, change: impl Fn(f64) -> Option<f64>) -> Self {
        Self::new(
            &self.label,
            self.points.iter().map(|p| p.and_then(&change)).collect(),
        )
    }

    /// The values that are there.
    pub(super) fn values(&self) -> impl Iterator<Item = f64> + '_ {
        self.points.iter().filter_map(|p| *p)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.values().next().is_none()
    }
}
