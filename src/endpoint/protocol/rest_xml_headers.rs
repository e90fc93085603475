use http::request::Parts;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::rest_xml::is_framing;
use crate::endpoint::s3::Route;
use crate::endpoint::{Document, Fault, Members};

/// What the names of an object's own metadata begin with.
const METADATA: &str = "x-amz-meta-";

/// Members that every operation on a bucket takes.
const COMMON: (&str, &str) = ("x-amz-expected-bucket-owner", "ExpectedBucketOwner");

/// Reads the members that are headers. A header of S3 that the operation does not take here is refused by name, as
/// is a condition: leaving it out would change what is done.
pub(super) fn read(parts: &Parts, route: &Route, input: &mut Members) -> Result<(), Fault> {
    let mut metadata = Members::new();
    for (name, value) in &parts.headers {
        let name = name.as_str();
        let known = route
            .headers
            .iter()
            .chain([&COMMON])
            .find(|(wire, _)| *wire == name);
        let own = name
            .strip_prefix(METADATA)
            .filter(|_| takes_metadata(route));
        if known.is_none() && own.is_none() && (is_framing(name) || !is_meant(name)) {
            continue;
        }
        let text = std::str::from_utf8(value.as_bytes()).map_err(|_| not_text(name))?;
        match (known, own) {
            (Some((_, member)), _) => {
                input.insert((*member).to_owned(), text.into());
            }
            (None, Some(own)) => {
                metadata.insert(own.to_owned(), text.into());
            }
            (None, None) => return Err(not_implemented(name)),
        }
    }
    if !metadata.is_empty() {
        input.insert("Metadata".to_owned(), Document::Map(metadata));
    }
    Ok(())
}

fn takes_metadata(route: &Route) -> bool {
    route.operation.members.contains(&"Metadata")
}

/// Whether a header means something to S3 beyond the transfer.
fn is_meant(name: &str) -> bool {
    name.starts_with("x-amz-") || name.starts_with("if-") || name == "range"
}

fn not_text(name: &str) -> Fault {
    Fault::new("InvalidArgument", "the value of a header is not UTF-8")
        .with_member("ArgumentName", name.into())
}

fn not_implemented(name: &str) -> Fault {
    let message =
        format!("A header you provided implies functionality that is not implemented: {name}");
    Fault::new("NotImplemented", message)
        .with_status(501)
        .with_member("Header", name.into())
}

/// Writes the members of an answer that are headers.
pub(super) fn write(route: &Route, members: &Members, headers: &mut HeaderMap) {
    for (wire, member) in route.answer_headers {
        let value = match members.get(*member) {
            Some(Document::String(text)) => text.clone(),
            Some(Document::Integer(number)) => number.to_string(),
            Some(Document::Bool(value)) => value.to_string(),
            _ => continue,
        };
        insert(headers, wire, &value);
    }
    if let Some(Document::Map(metadata)) = members.get("Metadata") {
        for (name, value) in metadata {
            if let Document::String(value) = value {
                insert(headers, &format!("{METADATA}{name}"), value);
            }
        }
    }
}

fn insert(headers: &mut HeaderMap, name: &str, value: &str) {
    let name = HeaderName::try_from(name);
    let value = HeaderValue::from_bytes(value.as_bytes());
    if let (Ok(name), Ok(value)) = (name, value) {
        headers.insert(name, value);
    }
}
