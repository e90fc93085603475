use std::borrow::Cow;

use super::document::Document;

/// A refusal in AWS's words.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The error code as query/XML prints it: `ResourceNotFoundException`, `InvalidParameterValue`.
    pub code: Cow<'static, str>,
    /// The name of the error's shape, where the service's table has none for the code or another.
    pub shape: Option<&'static str>,
    /// The HTTP status: 4xx is the caller's mistake (`Sender`), 5xx the endpoint's (`Receiver`).
    pub status: u16,
    /// The text.
    pub message: String,
    /// Further members of the error's shape, such as `dashboardValidationMessages`.
    pub members: Vec<(&'static str, Document)>,
}

impl Fault {
    /// The caller's mistake, HTTP 400.
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            shape: None,
            status: 400,
            message: message.into(),
            members: Vec::new(),
        }
    }

    /// The same with another HTTP status.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// The same under another shape: two shapes can share a code.
    #[must_use]
    pub fn with_shape(mut self, shape: &'static str) -> Self {
        self.shape = Some(shape);
        self
    }

    /// The same with one more member in the body.
    #[must_use]
    pub fn with_member(mut self, name: &'static str, value: Document) -> Self {
        self.members.push((name, value));
        self
    }

    /// The endpoint's own failure, HTTP 500.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new("InternalFailure", message).with_status(500)
    }

    /// A body that does not decode.
    pub fn serialization(message: impl Into<String>) -> Self {
        Self::new("SerializationException", message)
    }

    /// Whose mistake it is, in query/XML's words.
    pub fn party(&self) -> &'static str {
        if self.status < 500 {
            "Sender"
        } else {
            "Receiver"
        }
    }
}
