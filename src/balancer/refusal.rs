use std::sync::Arc;

use http::header::{CONNECTION, CONTENT_TYPE, SERVER};
use http::{HeaderValue, Response, StatusCode};
use hyper::ext::ReasonPhrase;

use super::body::ResponseBody;
use super::client::Client;

/// What the balancer answers by itself (user guide, "Troubleshoot your Application Load Balancers").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No HTTP, or not all of it, or a header that is too large.
    BadRequest,
    /// `TRACE` is not passed on.
    Trace,
    /// The request line is longer than 16 KB.
    UriTooLong,
    /// `Transfer-Encoding` is neither `chunked` nor `identity`.
    NotImplemented,
    /// Neither HTTP/1.0 nor HTTP/1.1.
    VersionNotSupported,
    /// More than 30 addresses in `X-Forwarded-For`.
    TooManyAddresses,
    /// The client did not send its whole request within the idle timeout.
    ClientTimeout,
    /// The target refused the connection, closed it, or answered what is no HTTP.
    BadGateway,
    /// No target is registered.
    NoTarget,
    /// The target did not take the connection, or did not answer within the idle timeout.
    TargetTimeout,
}

impl Refusal {
    fn status(self) -> (u16, &'static str) {
        match self {
            Self::BadRequest => (400, "Bad Request"),
            Self::Trace => (405, "Method Not Allowed"),
            Self::UriTooLong => (414, "Request-URI Too Large"),
            Self::NotImplemented => (501, "Not Implemented"),
            Self::VersionNotSupported => (505, "HTTP Version Not Supported"),
            // It has no words.
            Self::TooManyAddresses => (463, ""),
            Self::ClientTimeout => (408, "Request Time-out"),
            Self::BadGateway => (502, "Bad Gateway"),
            Self::NoTarget => (503, "Service Temporarily Unavailable"),
            Self::TargetTimeout => (504, "Gateway Time-out"),
        }
    }

    /// The answer: a small page, as the real one gives.
    pub(super) fn response(self, client: &Arc<Client>) -> Response<ResponseBody> {
        let (status, reason) = self.status();
        let title = format!("{status} {reason}");
        let title = title.trim();
        let page = format!(
            "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<h1>{title}</h1>\r\n</body>\r\n</html>\r\n"
        );
        let mut response = Response::new(ResponseBody::own(page, client));
        *response.status_mut() =
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if let Ok(words) = ReasonPhrase::try_from(reason.as_bytes()) {
            response.extensions_mut().insert(words);
        }
        let headers = response.headers_mut();
        headers.insert(SERVER, HeaderValue::from_static("awselb/2.0"));
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html"));
        if self == Self::ClientTimeout {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}
