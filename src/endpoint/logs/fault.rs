use belfry_engine::events::LogError;
use belfry_engine::pattern::PatternError;

use crate::endpoint::Fault;

impl From<LogError> for Fault {
    fn from(error: LogError) -> Self {
        Self::new(error.code, error.message)
    }
}

impl From<PatternError> for Fault {
    fn from(error: PatternError) -> Self {
        Self::new("InvalidParameterException", error.message)
    }
}

/// Something that is not there, in AWS's usual words.
pub(super) fn not_found(what: &str) -> Fault {
    LogError::not_found(what).into()
}

/// A quota that is used up.
pub(super) fn limit_exceeded() -> Fault {
    LogError::limit("Resource limit exceeded.").into()
}

/// A member whose one implemented meaning is another.
pub(super) fn unsupported(member: &str, value: &str, supported: &str) -> Fault {
    Fault::new(
        "InvalidParameterException",
        format!(
            "`{value}` at `{member}` is not supported by this endpoint; supported here: {supported}"
        ),
    )
}
