use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::CONTENT_TYPE;
use http_body_util::LengthLimitError;

use super::Fault;

/// The longest body that is read, in bytes.
pub const BODY_LIMIT: usize = 16 * 1024;

/// How long a caller may take to send it.
const BODY_TIMEOUT: Duration = Duration::from_secs(10);

/// Reads a request's body as JSON text: the right kind, not too long, not too slow.
pub(super) async fn read(request: Request) -> Result<Vec<u8>, Fault> {
    check_content_type(&request)?;
    match tokio::time::timeout(BODY_TIMEOUT, to_bytes(request.into_body(), BODY_LIMIT)).await {
        Ok(Ok(bytes)) => Ok(bytes.into()),
        Ok(Err(error)) => Err(match error.into_inner() {
            error if error.is::<LengthLimitError>() => Fault::body_too_large(),
            error => Fault::malformed(format!("the body broke off: {error}")),
        }),
        Err(_) => Err(Fault::body_timeout()),
    }
}

/// A request that names no content type is taken at its word that it is JSON.
fn check_content_type(request: &Request<Body>) -> Result<(), Fault> {
    let Some(value) = request.headers().get(CONTENT_TYPE) else {
        return Ok(());
    };
    let text = String::from_utf8_lossy(value.as_bytes());
    let essence = text.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") {
        Ok(())
    } else {
        Err(Fault::not_json(&text))
    }
}
