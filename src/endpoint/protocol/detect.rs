use http::request::Parts;

use super::Protocol;

/// Tells the protocol by Smithy's rules: the `smithy-protocol` header or the path of rpc-v2-cbor, then
/// `X-Amz-Target`, else query/XML.
pub(super) fn protocol(parts: &Parts) -> Protocol {
    if header(parts, "smithy-protocol") == Some("rpc-v2-cbor")
        || parts.uri.path().starts_with("/service/")
    {
        return Protocol::RpcV2Cbor;
    }
    if header(parts, "x-amz-target").is_none() {
        return Protocol::AwsQuery;
    }
    match header(parts, "content-type") {
        Some(kind) if kind.starts_with("application/x-amz-json-1.0") => Protocol::AwsJson10,
        _ => Protocol::AwsJson11,
    }
}

/// A header's text.
pub(super) fn header<'a>(parts: &'a Parts, name: &str) -> Option<&'a str> {
    parts
        .headers
        .get(name)
        .and_then(|value| value.to_str().ok())
}
