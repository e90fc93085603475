use crate::base::Millis;
use crate::metrics::Datapoint;

/// A bucket of the evaluation range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Its start.
    pub start: Millis,
    /// Its datapoint, where it has one.
    pub datapoint: Option<Datapoint>,
    /// The anomaly band of this moment; only alarms on bands have one.
    pub band: Option<Band>,
}

/// What is expected of a metric at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Values below it are too low.
    pub lower: f64,
    /// Values above it are too high.
    pub upper: f64,
}

impl Point {
    /// A bucket without a band.
    pub fn new(start: Millis, datapoint: Option<Datapoint>) -> Self {
        Self {
            start,
            datapoint,
            band: None,
        }
    }
}
