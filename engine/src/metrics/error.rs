/// A request that CloudWatch refuses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct MetricError {
    /// AWS's error code: `ValidationError`, `InvalidParameterValue`, `InvalidParameterCombination`.
    pub code: &'static str,
    /// The text.
    pub message: String,
}

impl MetricError {
    /// `InvalidParameterValue`.
    pub fn invalid_value(message: impl Into<String>) -> Self {
        Self {
            code: "InvalidParameterValue",
            message: message.into(),
        }
    }

    /// `ValidationError`, the answer of GetMetricData and of malformed members.
    pub fn validation(message: impl Into<String>) -> Self {
        Self {
            code: "ValidationError",
            message: message.into(),
        }
    }

    /// `InvalidParameterException`, CloudWatch Logs' answer to a bad metric filter.
    pub fn invalid_parameter(message: impl Into<String>) -> Self {
        Self {
            code: "InvalidParameterException",
            message: message.into(),
        }
    }

    /// `The value … for parameter … is invalid.`
    pub(super) fn value(value: impl std::fmt::Display, parameter: &str) -> Self {
        Self::invalid_value(format!(
            "The value {value} for parameter {parameter} is invalid."
        ))
    }

    /// `The collection … must not have a size greater than ….`
    pub(super) fn size(collection: &str, most: usize) -> Self {
        Self::validation(format!(
            "The collection {collection} must not have a size greater than {most}."
        ))
    }

    /// The same refusal about the datum at `position` (from 1) of a PutMetricData request.
    #[must_use]
    pub fn of_datum(mut self, position: usize) -> Self {
        let there = format!("MetricData.member.{position}.");
        self.message = self.message.replace("MetricData.member.1.", &there);
        self
    }
}
