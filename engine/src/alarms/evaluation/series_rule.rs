use super::low_samples::minimum_samples;
use super::{Band, Point};
use crate::alarms::{ComparisonOperator, MetricAlarm, Threshold, TreatMissingData};

/// What decides about a range of points, taken from an alarm's configuration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// How to compare.
    pub operator: ComparisonOperator,
    /// With what; `None` where every point is compared with its band.
    pub threshold: Option<f64>,
    /// N.
    pub evaluation_periods: usize,
    /// M, as it was given; N where absent. The wording of reasons depends on whether it was.
    pub datapoints_to_alarm: Option<usize>,
    /// What missing points mean.
    pub treatment: TreatMissingData,
    /// Judge no point with fewer samples: percentile alarms that ignore low sample counts.
    pub minimum_samples: Option<f64>,
}

impl Rule {
    /// The rule of `alarm`, defaults filled in.
    pub fn of(alarm: &MetricAlarm) -> Self {
        Self {
            operator: alarm.comparison_operator,
            threshold: match alarm.threshold {
                Threshold::Value(value) => Some(value),
                Threshold::Band(_) => None,
            },
            evaluation_periods: alarm.evaluation_periods,
            datapoints_to_alarm: alarm.datapoints_to_alarm,
            treatment: alarm.effective_treatment(),
            minimum_samples: minimum_samples(alarm),
        }
    }

    /// M: how many breaching points make an alarm.
    pub fn needed(&self) -> usize {
        self.datapoints_to_alarm.unwrap_or(self.evaluation_periods)
    }

    /// Whether the point breaches; `None` where it has no value, or no band to compare it with.
    pub fn is_breaching(&self, point: &Point) -> Option<bool> {
        let datapoint = point.datapoint?;
        let of_threshold = |value| Band {
            lower: value,
            upper: value,
        };
        let limits = self.threshold.map(of_threshold).or(point.band)?;
        Some(self.operator.breaches(datapoint.value, limits))
    }
}
