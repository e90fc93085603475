use super::{MetricError, MetricId, Unit};
use crate::base::Millis;

const DAY: i64 = 86_400_000;
const TWO_WEEKS: i64 = 14 * DAY;
const TWO_HOURS: i64 = 7_200_000;
const MOST_VALUES: usize = 150;

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

impl MetricDatum {
    /// What PutMetricData refuses: an id beyond its limits, more than 150 values, values outside ±2^360, a time
    /// more than two weeks back or two hours ahead of `now`.
    pub fn check(&self, now: Millis) -> Result<(), MetricError> {
        self.id.check()?;
        self.check_time(now)?;
        match &self.values {
            DatumValues::Distribution(values) => check_distribution(values),
            DatumValues::StatisticSet(set) => set.check(),
        }
    }

    pub(super) fn check_time(&self, now: Millis) -> Result<(), MetricError> {
        let limit = match self.timestamp {
            at if at < now.plus(-TWO_WEEKS) => "within the past two weeks",
            at if at > now.plus(TWO_HOURS) => "no more than two hours in the future",
            _ => return Ok(()),
        };
        Err(MetricError::invalid_value(format!(
            "The parameter MetricData.member.1.Timestamp must specify a time {limit}."
        )))
    }
}

fn check_distribution(values: &[(f64, f64)]) -> Result<(), MetricError> {
    if values.is_empty() {
        return Err(MetricError {
            code: "MissingParameter",
            message: "The parameter MetricData.member.1.Value is required.".to_owned(),
        });
    }
    if values.len() > MOST_VALUES {
        return Err(MetricError::size("MetricData.member.1.Values", MOST_VALUES));
    }
    for (value, count) in values {
        check_value(*value, "MetricData.member.1.Value")?;
        if !count.is_finite() || *count <= 0.0 {
            return Err(MetricError::value(count, "MetricData.member.1.Counts"));
        }
    }
    Ok(())
}

impl StatisticSet {
    fn check(&self) -> Result<(), MetricError> {
        let members = [
            (self.sample_count, "SampleCount"),
            (self.sum, "Sum"),
            (self.minimum, "Minimum"),
            (self.maximum, "Maximum"),
        ];
        for (value, name) in members {
            check_value(
                value,
                &format!("MetricData.member.1.StatisticValues.{name}"),
            )?;
        }
        if self.sample_count <= 0.0 {
            let member = "MetricData.member.1.StatisticValues.SampleCount";
            return Err(MetricError::value(self.sample_count, member));
        }
        if self.minimum > self.maximum {
            let member = "MetricData.member.1.StatisticValues.Minimum";
            return Err(MetricError::value(self.minimum, member));
        }
        Ok(())
    }
}

fn check_value(value: f64, parameter: &str) -> Result<(), MetricError> {
    if value.is_finite() && value.abs() <= 2_f64.powi(360) {
        return Ok(());
    }
    let shown = match value {
        f64::INFINITY => "Infinity".to_owned(),
        f64::NEG_INFINITY => "-Infinity".to_owned(),
        value => value.to_string(),
    };
    Err(MetricError::value(shown, parameter))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::Dimensions;

    fn datum(values: Vec<(f64, f64)>, timestamp: i64) -> MetricDatum {
        MetricDatum {
            id: MetricId::new("shop", "Latency", Dimensions::new()).unwrap(),
            values: DatumValues::Distribution(values),
            unit: Unit::None,
            timestamp: Millis(timestamp),
            high_resolution: false,
        }
    }

    #[test]
    fn a_value_that_no_double_of_cloudwatch_holds_is_refused() {
        let now = Millis(0);
        assert!(datum(vec![(2_f64.powi(360), 1.0)], 0).check(now).is_ok());
        for value in [f64::NAN, f64::INFINITY, 2_f64.powi(361), -2_f64.powi(361)] {
            let error = datum(vec![(value, 1.0)], 0).check(now).unwrap_err();
            assert_eq!(error.code, "InvalidParameterValue");
        }
        assert!(datum(vec![(1.0, 1.0); 151], 0).check(now).is_err());
        assert!(datum(vec![], 0).check(now).is_err());
    }

    #[test]
    fn time_reaches_two_weeks_back_and_two_hours_ahead() {
        let now = Millis(100 * DAY);
        let check = |timestamp| datum(vec![(1.0, 1.0)], timestamp).check(now);
        assert!(check(86 * DAY).is_ok());
        assert!(check(100 * DAY + TWO_HOURS).is_ok());
        assert_eq!(
            check(86 * DAY - 1).unwrap_err().of_datum(3).message,
            "The parameter MetricData.member.3.Timestamp must specify a time within the past two weeks."
        );
        assert!(check(100 * DAY + TWO_HOURS + 1).is_err());
    }
}
