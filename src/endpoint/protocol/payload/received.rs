use bytes::Bytes;
use http::request::Parts;

use super::checksum::{CHECKSUMS, Checksum, sha256, verify_md5};
use super::chunked;
use crate::endpoint::Fault;
use crate::endpoint::protocol::detect::header;

/// A body, whole and verified.
#[derive(Debug)]
pub(in crate::endpoint::protocol) struct Received {
    pub(in crate::endpoint::protocol) bytes: Bytes,
    /// The one checksum that came with it.
    pub(in crate::endpoint::protocol) checksum: Option<(&'static Checksum, String)>,
    /// Whether anything vouched for it: `Content-MD5` or a checksum.
    pub(in crate::endpoint::protocol) is_vouched: bool,
}

/// Takes the body out of its chunks and verifies all that came to verify it by. Headers of checksums that `is_other` knows belong to something else than the body.
pub(in crate::endpoint::protocol) fn receive(
    parts: &Parts,
    body: &Bytes,
    is_other: &dyn Fn(&str) -> bool,
) -> Result<Received, Fault> {
    let hash = header(parts, "x-amz-content-sha256").unwrap_or("UNSIGNED-PAYLOAD");
    let (bytes, trailers) = if hash.starts_with("STREAMING-") {
        let read = chunked::decode(body)?;
        check_length(parts, read.bytes.len())?;
        (read.bytes, read.trailers)
    } else {
        check_hash(hash, body)?;
        (body.clone(), Vec::new())
    };
    let md5 = header(parts, "content-md5");
    if let Some(given) = md5 {
        verify_md5(&bytes, given)?;
    }
    let checksum = checksum(parts, &trailers, is_other)?;
    if let Some((checksum, given)) = &checksum {
        checksum.verify(&bytes, given)?;
    }
    Ok(Received {
        is_vouched: md5.is_some() || checksum.is_some(),
        bytes,
        checksum,
    })
}

fn check_length(parts: &Parts, length: usize) -> Result<(), Fault> {
    let told = header(parts, "x-amz-decoded-content-length");
    match told.map(str::parse::<usize>) {
        Some(Ok(told)) if told == length => Ok(()),
        None => Err(Fault::new(
            "MissingContentLength",
            "You must provide the Content-Length HTTP header.",
        )
        .with_status(411)),
        Some(_) => Err(Fault::new(
            "IncompleteBody",
            "You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header",
        )),
    }
}

fn check_hash(given: &str, body: &[u8]) -> Result<(), Fault> {
    if given == "UNSIGNED-PAYLOAD" {
        return Ok(());
    }
    let is_hash = given.len() == 64 && given.bytes().all(|b| b.is_ascii_hexdigit());
    if !is_hash {
        return Err(Fault::new(
            "InvalidRequest",
            "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, \
             STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.",
        ));
    }
    let computed = sha256(body);
    if computed.eq_ignore_ascii_case(given) {
        return Ok(());
    }
    let message = "The provided 'x-amz-content-sha256' header does not match what was computed.";
    Err(Fault::new("XAmzContentSHA256Mismatch", message)
        .with_member("ClientComputedContentSHA256", given.into())
        .with_member("S3ComputedContentSHA256", computed.into()))
}

/// The checksum among headers and trailers; the trailers are those that `x-amz-trailer` announced.
fn checksum(
    parts: &Parts,
    trailers: &[(String, String)],
    is_other: &dyn Fn(&str) -> bool,
) -> Result<Option<(&'static Checksum, String)>, Fault> {
    let announced = header(parts, "x-amz-trailer")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let announced: Vec<&str> = announced
        .split(',')
        .map(str::trim)
        .filter(|n| !n.is_empty())
        .collect();
    let is_there = |name: &&str| trailers.iter().any(|(trailer, _)| trailer == name);
    let signature = "x-amz-trailer-signature";
    let is_strange =
        |(name, _): &&(String, String)| name != signature && !announced.contains(&name.as_str());
    if !announced.iter().all(is_there) || trailers.iter().any(|t| is_strange(&t)) {
        return Err(Fault::new(
            "MalformedTrailerError",
            "The request contained trailing data that was not well-formed or did not conform to our published schema.",
        ));
    }
    let in_trailer = |checksum: &Checksum| {
        let found = trailers.iter().find(|(name, _)| name == checksum.header);
        found.map(|(_, value)| value.clone())
    };
    let of_body = CHECKSUMS.iter().filter(|c| !is_other(c.header));
    let mut given = of_body.filter_map(|checksum| {
        let value = header(parts, checksum.header).map(str::to_owned);
        Some((checksum, value.or_else(|| in_trailer(checksum))?))
    });
    let first = given.next();
    match given.next() {
        None => Ok(first),
        Some(_) => Err(Fault::new(
            "InvalidRequest",
            "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
        )),
    }
}
