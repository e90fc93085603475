use std::error::Error;

use aws_smithy_types::error::metadata::ProvideErrorMetadata;

/// A call that AWS refused, or that never reached it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{operation} failed for `{resource}`: {}{message}", code.as_deref().map(|c| format!("{c}: ")).unwrap_or_default())]
pub struct CloudError {
    /// The API's own name: `PutMetricAlarm`.
    pub operation: &'static str,
    /// What the call was about: a name, or the service where there is none.
    pub resource: String,
    /// AWS's error code; none where the call did not get an answer.
    pub code: Option<String>,
    /// AWS's own words, or the transport's.
    pub message: String,
    /// What would help.
    pub hint: Option<String>,
}

impl CloudError {
    /// An error that is not an answer of AWS: wrong account, a missing credential.
    pub fn local(
        operation: &'static str,
        resource: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            operation,
            resource: resource.into(),
            code: None,
            message: message.into(),
            hint: None,
        }
    }

    /// From any error of an SDK client.
    pub(crate) fn from_sdk<E>(operation: &'static str, resource: &str, error: &E) -> Self
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let code = error.code().map(str::to_owned);
        let message = match (error.message(), &code) {
            (Some(text), _) => text.to_owned(),
            (None, Some(_)) => "no message".to_owned(),
            (None, None) => with_causes(error),
        };
        let hint = hint(code.as_deref(), &message);
        Self {
            operation,
            resource: resource.to_owned(),
            code,
            message,
            hint,
        }
    }

    /// With advice.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Whether AWS says that the caller may not.
    pub fn is_denied(&self) -> bool {
        let codes = [
            "AccessDenied",
            "AccessDeniedException",
            "AuthorizationError",
        ];
        self.code
            .as_deref()
            .is_some_and(|code| codes.contains(&code))
    }

    /// Whether AWS says that the resource does not exist.
    pub fn is_not_found(&self) -> bool {
        matches!(
            self.code.as_deref(),
            Some(
                "ResourceNotFoundException" | "ResourceNotFound" | "NotFound" | "NotFoundException"
            )
        )
    }
}

/// The error and its causes in one line.
fn with_causes(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(inner.to_string().trim());
        cause = inner.source();
    }
    text
}

/// What is known to help, by code or by the words of the message.
fn hint(code: Option<&str>, message: &str) -> Option<String> {
    const BY_CODE: &[(&str, &str)] = &[
        (
            "AccessDeniedException",
            "the credentials lack a permission; the message names the action",
        ),
        (
            "AccessDenied",
            "the credentials lack a permission; the message names the action",
        ),
        ("ExpiredTokenException", "renew the credentials"),
        ("ExpiredToken", "renew the credentials"),
        (
            "UnrecognizedClientException",
            "the access key is not known in this account or partition",
        ),
        (
            "InvalidClientTokenId",
            "the access key is not known in this account or partition",
        ),
        (
            "ThrottlingException",
            "AWS limits the rate of this call; run the command again, it goes on where it stopped",
        ),
    ];
    const BY_WORDS: &[(&str, &str)] = &[
        (
            "sso",
            "profiles of IAM Identity Center are not read by this build: export credentials with `aws configure export-credentials --format env`",
        ),
        (
            "credential",
            "set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a `profile` in the environment of belfry.toml",
        ),
        (
            "dispatch failure",
            "check the address (AWS_ENDPOINT_URL, region) and the network",
        ),
    ];
    // Recorded for FilterLogEvents and DescribeMetricFilters over groups of class INFREQUENT_ACCESS and DELIVERY.
    if message.contains("only supported on the Standard log class") {
        return Some(
            "the log group is of another class: `belfry query` finds its events; filters and `tail` need class STANDARD"
                .to_owned(),
        );
    }
    let by_code = BY_CODE.iter().find(|(c, _)| Some(*c) == code);
    let lower = message.to_lowercase();
    let by_words = || {
        BY_WORDS
            .iter()
            .find(|(w, _)| code.is_none() && lower.contains(w))
    };
    by_code
        .or_else(by_words)
        .map(|(_, hint)| (*hint).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_names_operation_resource_code_and_reason() {
        let error = CloudError {
            operation: "PutMetricAlarm",
            resource: "fraud-5xx".into(),
            code: Some("ValidationError".into()),
            message: "Period must be 10, 30 or a multiple of 60".into(),
            hint: None,
        };
        assert_eq!(
            error.to_string(),
            "PutMetricAlarm failed for `fraud-5xx`: ValidationError: Period must be 10, 30 or a multiple of 60"
        );
    }

    #[test]
    fn a_group_of_another_class_is_asked_with_a_query() {
        let message = "This operation is only supported on the Standard log class.";
        let hint = hint(Some("ValidationException"), message).unwrap();
        assert!(hint.contains("`belfry query`"), "{hint}");
    }

    #[test]
    fn a_profile_that_needs_sso_says_what_works() {
        let hint = hint(None, "dispatch failure: the SSO feature is not enabled").unwrap();
        assert!(hint.contains("export-credentials"), "{hint}");
    }
}
