use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::{Answer, BODY_LIMIT, Event};
use crate::model::ModelError;
use crate::transaction::InvalidTransaction;

/// A refusal: `{"error":{"code","message","field"}}`, where `field` stands only if one member is
/// to blame.
#[derive(Clone, Debug, Serialize)]
pub struct Fault {
    #[serde(skip)]
    status: StatusCode,
    code: &'static str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip)]
    header: Option<(header::HeaderName, &'static str)>,
}

#[derive(Serialize)]
struct Body<'a> {
    error: &'a Fault,
}

impl Fault {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            field: None,
            header: None,
        }
    }

    /// 404: no such path.
    pub fn not_found(path: &str) -> Self {
        let message = format!("no `{path}` here, expected `POST /api/v1/predict` or `GET /health`");
        Self::new(StatusCode::NOT_FOUND, "not_found", message)
    }

    /// 405: the path exists, for `allowed` only.
    pub fn method_not_allowed(allowed: &'static str) -> Self {
        let message = format!("expected the method {allowed}");
        let fault = Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            message,
        );
        Self {
            header: Some((header::ALLOW, allowed)),
            ..fault
        }
    }

    /// 403: the caller is on another machine.
    pub fn loopback_only() -> Self {
        let message = "incidents are controlled from loopback only";
        Self::new(StatusCode::FORBIDDEN, "loopback_only", message)
    }

    /// 408: the body did not come in time.
    pub fn body_timeout() -> Self {
        let message = "the body did not arrive in time";
        Self::new(StatusCode::REQUEST_TIMEOUT, "body_timeout", message)
    }

    /// 413: the body is too long.
    pub fn body_too_large() -> Self {
        let message = format!("the body is longer than {BODY_LIMIT} bytes");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", message)
    }

    /// 415: the body is said to be something other than JSON.
    pub fn not_json(found: &str) -> Self {
        let message = format!("the content type is `{found}`, expected `application/json`");
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            message,
        )
    }

    /// 400: the body cannot be read.
    pub fn malformed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed_body", message)
    }

    /// 422: one member is wrong.
    pub fn invalid_field(field: impl Into<String>, message: impl Into<String>) -> Self {
        let fault = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid_field", message);
        Self {
            field: Some(field.into()),
            ..fault
        }
    }

    /// The answer, and an event that carries the mistake.
    pub fn answer(self) -> Answer {
        self.answer_with(Event::default())
    }

    /// The answer, and `event` with the mistake added.
    pub fn answer_with(self, event: Event) -> Answer {
        Answer {
            event: Event {
                message: self.message.clone(),
                error_code: Some(self.code),
                error_field: self.field.clone(),
                ..event
            },
            response: self.into_response(),
        }
    }
}

impl From<InvalidTransaction> for Fault {
    fn from(error: InvalidTransaction) -> Self {
        match error {
            InvalidTransaction::Malformed { .. } => Self::malformed(error.to_string()),
            InvalidTransaction::Field { field, message } => Self::invalid_field(field, message),
        }
    }
}

/// A failed call is this service's failure (500); an open breaker says when to come back (503).
impl From<ModelError> for Fault {
    fn from(error: ModelError) -> Self {
        let message = error.to_string();
        match error {
            ModelError::Failed => {
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "model_failed", message)
            }
            ModelError::BreakerOpen => Self {
                header: Some((header::RETRY_AFTER, "10")),
                ..Self::new(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "model_unavailable",
                    message,
                )
            },
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(Body { error: &self })).into_response();
        if let Some((name, value)) = self.header {
            let value = HeaderValue::from_static(value);
            response.headers_mut().insert(name, value);
        }
        response
    }
}
