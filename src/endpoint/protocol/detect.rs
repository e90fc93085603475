use http::request::Parts;

use super::Protocol;
use crate::endpoint::region;

/// Tells the protocol by Smithy's rules: the `smithy-protocol` header or the path of rpc-v2-cbor, then
/// `X-Amz-Target`, then by the service that the
/// signature is for, as nothing else tells S3; else query/XML.
pub(super) fn protocol(parts: &Parts) -> Protocol {
    if header(parts, "smithy-protocol") == Some("rpc-v2-cbor")
        || parts.uri.path().starts_with("/service/")
    {
        return Protocol::RpcV2Cbor;
    }
    if header(parts, "x-amz-target").is_none() {
        return match region::service(parts) {
            Some("s3") => Protocol::RestXml,
            None if is_signed_ahead(parts) => Protocol::RestXml,
            _ => Protocol::AwsQuery,
        };
    }
    match header(parts, "content-type") {
        Some(kind) if kind.starts_with("application/x-amz-json-1.0") => Protocol::AwsJson10,
        _ => Protocol::AwsJson11,
    }
}

/// An address that was signed ahead the way that only S3 ever knew (signature version 2): key and signature stand in it
/// without a scope, and no query/XML `Action` does.
fn is_signed_ahead(parts: &Parts) -> bool {
    let query = parts.uri.query().unwrap_or_default();
    let has = |name: &str| query.split('&').any(|pair| pair.starts_with(name));
    has("AWSAccessKeyId=") && has("Signature=") && has("Expires=") && !has("Action=")
}

/// A header's text.
pub(super) fn header<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    parts
        .headers
        .get(name)
        .and_then(|value| value.to_str().ok())
}
