use super::Band;
use crate::metrics::MetricError;

/// How the value is compared with the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComparisonOperator {
    /// `GreaterThanOrEqualToThreshold`.
    GreaterThanOrEqualToThreshold,
    /// `GreaterThanThreshold`.
    GreaterThanThreshold,
    /// `LessThanThreshold`.
    LessThanThreshold,
    /// `LessThanOrEqualToThreshold`.
    LessThanOrEqualToThreshold,
    /// `LessThanLowerOrGreaterThanUpperThreshold`: anomaly bands only.
    LessThanLowerOrGreaterThanUpperThreshold,
    /// `LessThanLowerThreshold`: anomaly bands only.
    LessThanLowerThreshold,
    /// `GreaterThanUpperThreshold`: anomaly bands only.
    GreaterThanUpperThreshold,
}

impl ComparisonOperator {
    /// Every operator, in the order of the API model.
    pub const ALL: [Self; 7] = [
        Self::GreaterThanOrEqualToThreshold,
        Self::GreaterThanThreshold,
        Self::LessThanThreshold,
        Self::LessThanOrEqualToThreshold,
        Self::LessThanLowerOrGreaterThanUpperThreshold,
        Self::LessThanLowerThreshold,
        Self::GreaterThanUpperThreshold,
    ];

    /// As the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GreaterThanOrEqualToThreshold => "GreaterThanOrEqualToThreshold",
            Self::GreaterThanThreshold => "GreaterThanThreshold",
            Self::LessThanThreshold => "LessThanThreshold",
            Self::LessThanOrEqualToThreshold => "LessThanOrEqualToThreshold",
            Self::LessThanLowerOrGreaterThanUpperThreshold => {
                "LessThanLowerOrGreaterThanUpperThreshold"
            }
            Self::LessThanLowerThreshold => "LessThanLowerThreshold",
            Self::GreaterThanUpperThreshold => "GreaterThanUpperThreshold",
        }
    }

    /// Reads the API's name.
    pub fn parse(text: &str) -> Result<Self, MetricError> {
        Self::ALL
            .into_iter()
            .find(|operator| operator.as_str() == text)
            .ok_or_else(|| MetricError {
                code: "ValidationError",
                message: format!(
                    "1 validation error detected: Value '{text}' at 'comparisonOperator' failed to satisfy \
                     constraint: Member must satisfy enum value set: [{}]",
                    Self::ALL.map(Self::as_str).join(", ")
                ),
            })
    }

    /// Whether it compares with an anomaly band instead of one number.
    pub fn is_band(self) -> bool {
        self.words().is_none()
    }

    /// Whether `value` breaches; a threshold is a band of no width. A value on the edge of a band does not breach.
    pub fn breaches(self, value: f64, limits: Band) -> bool {
        match self {
            Self::GreaterThanOrEqualToThreshold => value >= limits.upper,
            Self::GreaterThanThreshold | Self::GreaterThanUpperThreshold => value > limits.upper,
            Self::LessThanThreshold | Self::LessThanLowerThreshold => value < limits.lower,
            Self::LessThanOrEqualToThreshold => value <= limits.lower,
            Self::LessThanLowerOrGreaterThanUpperThreshold => {
                value < limits.lower || value > limits.upper
            }
        }
    }

    /// As reasons say it: `greater than or equal to`; `None` for the operators of bands.
    pub fn words(self) -> Option<&'static str> {
        match self {
            Self::GreaterThanOrEqualToThreshold => Some("greater than or equal to"),
            Self::GreaterThanThreshold => Some("greater than"),
            Self::LessThanThreshold => Some("less than"),
            Self::LessThanOrEqualToThreshold => Some("less than or equal to"),
            Self::LessThanLowerOrGreaterThanUpperThreshold
            | Self::LessThanLowerThreshold
            | Self::GreaterThanUpperThreshold => None,
        }
    }
}

/// What missing data mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TreatMissingData {
    /// `breaching`.
    Breaching,
    /// `notBreaching`.
    NotBreaching,
    /// `ignore`: the state is kept.
    Ignore,
    /// `missing`: nothing known is INSUFFICIENT_DATA.
    Missing,
}

impl TreatMissingData {
    /// Every treatment, in the order of AWS's error text.
    pub const ALL: [Self; 4] = [
        Self::Breaching,
        Self::NotBreaching,
        Self::Ignore,
        Self::Missing,
    ];

    /// As the API writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaching => "breaching",
            Self::NotBreaching => "notBreaching",
            Self::Ignore => "ignore",
            Self::Missing => "missing",
        }
    }

    /// Reads the API's name; the error is the one AWS was recorded to give.
    pub fn parse(text: &str) -> Result<Self, MetricError> {
        Self::ALL
            .into_iter()
            .find(|treatment| treatment.as_str() == text)
            .ok_or_else(|| MetricError {
                code: "ValidationError",
                message: format!(
                    "The value {text} is not supported for TreatMissingData parameter. \
                     Supported values are [breaching, notBreaching, ignore, missing]."
                ),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operators_and_treatments_read_back_what_they_print() {
        for operator in ComparisonOperator::ALL {
            assert_eq!(ComparisonOperator::parse(operator.as_str()), Ok(operator));
        }
        for treatment in TreatMissingData::ALL {
            assert_eq!(TreatMissingData::parse(treatment.as_str()), Ok(treatment));
        }
    }

    #[test]
    fn an_unknown_treatment_names_the_supported_ones() {
        let error = TreatMissingData::parse("test").unwrap_err();
        assert_eq!(
            error.message,
            "The value test is not supported for TreatMissingData parameter. \
             Supported values are [breaching, notBreaching, ignore, missing]."
        );
    }

    #[test]
    fn the_threshold_itself_breaches_only_with_or_equal() {
        let breaches = ComparisonOperator::ALL.map(|operator| {
            let limits = Band {
                lower: 5.0,
                upper: 5.0,
            };
            operator.breaches(5.0, limits)
        });
        assert_eq!(breaches, [true, false, false, true, false, false, false]);
    }
}
