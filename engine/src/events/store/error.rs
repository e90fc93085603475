/// A request that CloudWatch Logs refuses: AWS's error code and text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct LogError {
    /// `ResourceNotFoundException`, `ResourceAlreadyExistsException`, `InvalidParameterException`.
    pub code: &'static str,
    /// The text.
    pub message: String,
}

impl LogError {
    /// A parameter with a value that AWS does not take.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self {
            code: "InvalidParameterException",
            message: message.into(),
        }
    }

    /// A count that AWS does not exceed.
    pub fn limit(message: impl Into<String>) -> Self {
        Self {
            code: "LimitExceededException",
            message: message.into(),
        }
    }

    /// A log group or stream that does not exist.
    pub fn not_found(what: &str) -> Self {
        Self {
            code: "ResourceNotFoundException",
            message: format!("The specified {what} does not exist."),
        }
    }

    /// A log group or stream that exists already.
    pub(super) fn exists(what: &str) -> Self {
        Self {
            code: "ResourceAlreadyExistsException",
            message: format!("The specified {what} already exists"),
        }
    }

    /// A name that does not fit the API model's pattern, in the text of AWS's validation.
    pub(super) fn pattern(value: &str, member: &str, pattern: &str) -> Self {
        Self::invalid(format!(
            "1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: \
             Member must satisfy regular expression pattern: {pattern}"
        ))
    }

    /// A name that is empty or longer than 512 characters (both texts recorded from AWS).
    pub(super) fn length(value: &str, member: &str) -> Self {
        if value.is_empty() {
            return Self::invalid(format!(
                "1 validation error detected: Value '' at '{member}' failed to satisfy constraint: \
                 Member must have length greater than or equal to 1"
            ));
        }
        Self::invalid(
            "Invalid LogGroup or LogStream, both must have length less than or equal to 512.",
        )
    }
}
