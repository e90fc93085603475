use std::io::{self, Read};
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use flate2::read::MultiGzDecoder;
use http::StatusCode;
use http::header::{CONTENT_ENCODING, HOST, ORIGIN};
use http::request::Parts;

use super::fault::Fault;
use super::faults::Mishap;
use super::loopback::is_loopback_server;
use super::protocol::Protocol;
use super::server::Endpoint;

/// The largest body, before and after decompression. AWS's own limits are lower and are the operations' to check.
const MAX_BODY: usize = 16 * 1024 * 1024;

/// Every path and method goes to one handler: AWS's protocols name their operation in headers or body.
pub(super) fn router(endpoint: Arc<Endpoint>) -> Router {
    Router::new().fallback(handle).with_state(endpoint)
}

async fn handle(State(endpoint): State<Arc<Endpoint>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if let Some(refusal) = foreign(&parts) {
        return (StatusCode::FORBIDDEN, refusal).into_response();
    }
    let body = read(&parts, body).await;
    match endpoint.next_mishap(is_retry(&parts)) {
        None => answer(endpoint, parts, body, None).await,
        Some(Mishap::Refused(fault)) => answer(endpoint, parts, body, Some(fault)).await,
        Some(Mishap::Slow(delay)) => {
            tokio::time::sleep(delay).await;
            answer(endpoint, parts, body, None).await
        }
        Some(Mishap::Closed { is_done, after }) => {
            if is_done {
                answer(endpoint, parts, body, None).await;
            }
            tokio::time::sleep(after).await;
            closed()
        }
    }
}

/// Whether an SDK sends a request again: `amz-sdk-request: attempt=2; max=3`.
fn is_retry(parts: &Parts) -> bool {
    let header = parts.headers.get("amz-sdk-request");
    let header = header.and_then(|header| header.to_str().ok());
    header.is_some_and(|text| !text.contains("attempt=1;") && text.contains("attempt="))
}

async fn answer(
    endpoint: Arc<Endpoint>,
    parts: Parts,
    body: Result<Bytes, Fault>,
    refusal: Option<Fault>,
) -> Response {
    let answer = move || endpoint.answer(&parts, body, refusal);
    match tokio::task::spawn_blocking(answer).await {
        Ok(response) => response.map(Body::from),
        Err(_) => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal error: the request failed half-way\n",
        )
            .into_response(),
    }
}

/// A response that cannot be sent: its connection closes before a byte of it is written.
fn closed() -> Response {
    let gone = io::Error::new(io::ErrorKind::ConnectionReset, "closed without an answer");
    Response::new(Body::from_stream(futures_util::stream::iter([Err::<
        Bytes,
        _,
    >(gone)])))
}

/// Refuses what a page of a foreign site can send here through a browser on this machine: a foreign `Host`
/// (a name rebound to loopback) or a foreign `Origin`.
fn foreign(parts: &Parts) -> Option<String> {
    let host = parts.headers.get(HOST).map(|host| host.to_str());
    let origin = parts.headers.get(ORIGIN).map(|origin| origin.to_str());
    let named = [("Host", host), ("Origin", origin)];
    named.into_iter().find_map(|(header, value)| match value {
        None => None,
        Some(Ok(text)) if is_loopback(text) => None,
        Some(text) => Some(format!(
            "the {header} `{}` is refused: this endpoint answers only as localhost, 127.0.0.1 or [::1]\n",
            text.unwrap_or("?")
        )),
    })
}

fn is_loopback(header: &str) -> bool {
    let host = header
        .strip_prefix("http://")
        .or_else(|| header.strip_prefix("https://"))
        .unwrap_or(header);
    is_loopback_server(host)
}

async fn read(parts: &Parts, body: Body) -> Result<Bytes, Fault> {
    let bytes = to_bytes(body, MAX_BODY).await.map_err(|_| too_large())?;
    if Protocol::of(parts).keeps_encoding() {
        return Ok(bytes);
    }
    match parts.headers.get(CONTENT_ENCODING).map(|e| e.as_bytes()) {
        None | Some(b"" | b"identity") => Ok(bytes),
        Some(b"gzip") => gunzip(&bytes),
        Some(other) => Err(Fault::serialization(format!(
            "the content encoding `{}` is not supported; supported here: gzip",
            String::from_utf8_lossy(other)
        ))),
    }
}

fn gunzip(bytes: &[u8]) -> Result<Bytes, Fault> {
    let limit = u64::try_from(MAX_BODY)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    let mut plain = Vec::new();
    MultiGzDecoder::new(bytes)
        .take(limit)
        .read_to_end(&mut plain)
        .map_err(|error| Fault::serialization(format!("the body is not gzip: {error}")))?;
    if plain.len() > MAX_BODY {
        return Err(too_large());
    }
    Ok(plain.into())
}

fn too_large() -> Fault {
    Fault::new(
        "RequestEntityTooLarge",
        format!("the body is longer than {MAX_BODY} bytes"),
    )
    .with_status(413)
}
