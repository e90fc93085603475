use bytes::Bytes;
use http::HeaderMap;
use http::request::Parts;

use super::call::{self, Answer, Call};
use super::payload::{self, CHECKSUMS};
use super::s3_address::Address;
use super::{rest_xml_headers, xml, xml_lists, xml_read};
use crate::endpoint::s3::{self, Gives, Route, Takes};
use crate::endpoint::{Document, Fault, Members};

/// The name space of everything S3 writes but its errors.
const NAMESPACE: &str = "http://s3.amazonaws.com/doc/2006-03-01/";

/// Decodes a request to S3: what it is for stands in method and address, its members there, in headers and in
/// the body.
pub(super) fn decode(parts: &Parts, body: &Bytes) -> Result<Call, Fault> {
    let address = Address::of(parts)?;
    let names: Vec<String> = address
        .parameters
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    let has_header = |name: &str| parts.headers.contains_key(name);
    let method = parts.method.as_str();
    let route = s3::find(method, address.on(), &names, &has_header)?;
    let mut input = Members::new();
    let named = [("Bucket", &address.bucket), ("Key", &address.key)];
    for (member, value) in named {
        if let Some(value) = value {
            input.insert(member.to_owned(), value.as_str().into());
        }
    }
    address.read_parameters(route, &mut input)?;
    rest_xml_headers::read(parts, route, &mut input)?;
    read_body(parts, route, body, &mut input)?;
    Ok(Call {
        service: &s3::SERVICE,
        operation: route.operation,
        input: Document::Structure(input),
        text: true,
    })
}

fn read_body(parts: &Parts, route: &Route, body: &Bytes, input: &mut Members) -> Result<(), Fault> {
    if let Takes::Nothing = route.takes {
        return Ok(());
    }
    // The checksum of a whole upload is not that of the list of its parts.
    let is_of_object = |name: &str| route.headers.iter().any(|(header, _)| *header == name);
    let received = payload::receive(parts, body, &is_of_object)?;
    if route.needs_checksum && !received.is_vouched {
        let message = "Missing required header for this request: Content-MD5 OR x-amz-checksum-*";
        return Err(Fault::new("InvalidRequest", message));
    }
    match route.takes {
        Takes::Nothing => {}
        Takes::Bytes(member) => {
            if let Some((checksum, value)) = received.checksum {
                input.insert(checksum.member.to_owned(), value.into());
            }
            input.insert(member.to_owned(), Document::Blob(received.bytes.to_vec()));
        }
        Takes::Text(member) => {
            let text = String::from_utf8(received.bytes.to_vec());
            let text = text.map_err(|_| Fault::new("InvalidRequest", "the body is not UTF-8"))?;
            input.insert(member.to_owned(), text.into());
        }
        Takes::Xml(root) if !received.bytes.is_empty() => {
            let document = xml_read::read(&received.bytes, root);
            input.insert(root.to_owned(), document.ok_or_else(s3::malformed_xml)?);
        }
        Takes::Xml(_) => {}
    }
    Ok(())
}

/// What the answer to a request looks like, which its decoded call does not say.
pub(super) fn encode(answer: &Answer<'_>, is_head: bool) -> (Vec<u8>, HeaderMap, u16) {
    let mut headers = HeaderMap::new();
    call::insert(&mut headers, "server", "AmazonS3");
    call::insert(&mut headers, "x-amz-request-id", answer.request_id);
    call::insert(&mut headers, "x-amz-id-2", &host_id(answer.request_id));
    let (body, status) = match answer.result {
        Ok(document) => success(answer, document, &mut headers),
        Err(fault) => (failure(answer, fault, &mut headers), status_of(fault)),
    };
    let is_bare = is_head || matches!(status, 204 | 304);
    let body = if is_bare { Vec::new() } else { body };
    (body, headers, status)
}

fn success(answer: &Answer<'_>, document: &Document, headers: &mut HeaderMap) -> (Vec<u8>, u16) {
    let (Some(route), Some(members)) = (s3::route_of(answer.operation), document.members()) else {
        return (Vec::new(), 200);
    };
    rest_xml_headers::write(route, members, headers);
    let status = if members.contains_key("ContentRange") {
        206
    } else {
        route.status
    };
    let body = match route.gives {
        Gives::Nothing => Vec::new(),
        Gives::Raw(member) => return (raw(members.get(member)), status),
        Gives::Payload(member) => root(member, members.get(member).unwrap_or(&Document::Null)),
        Gives::Root(name) => {
            let is_header = |name: &str| route.answer_headers.iter().any(|(_, m)| *m == name);
            let inner = members.iter().filter(|(name, _)| !is_header(name));
            let inner = inner.map(|(name, value)| (name.clone(), value.clone()));
            root(name, &Document::Structure(inner.collect()))
        }
    };
    if !body.is_empty() {
        call::insert(headers, "content-type", "application/xml");
    }
    (body, status)
}

fn raw(value: Option<&Document>) -> Vec<u8> {
    match value {
        Some(Document::Blob(bytes)) => bytes.clone(),
        Some(Document::String(text)) => text.clone().into_bytes(),
        _ => Vec::new(),
    }
}

fn root(name: &str, value: &Document) -> Vec<u8> {
    let mut out = format!("{DECLARATION}<{name} xmlns=\"{NAMESPACE}\">");
    content(&mut out, value);
    xml::close(&mut out, name);
    out.into_bytes()
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

fn content(out: &mut String, value: &Document) {
    let Document::Structure(members) = value else {
        xml::content(out, value);
        return;
    };
    for (name, value) in members {
        match (value, xml_lists::list(name)) {
            (Document::Null, _) => {}
            (Document::List(items), Some(list)) if list.is_flat => {
                items
                    .iter()
                    .for_each(|item| element(out, list.element, item));
            }
            (Document::List(items), Some(list)) => {
                xml::open(out, name);
                items
                    .iter()
                    .for_each(|item| element(out, list.element, item));
                xml::close(out, name);
            }
            _ => element(out, name, value),
        }
    }
}

fn element(out: &mut String, name: &str, value: &Document) {
    xml::open(out, name);
    content(out, value);
    xml::close(out, name);
}

/// S3 refuses a rate with 503, by which clients know it where an answer has no body.
fn status_of(fault: &Fault) -> u16 {
    match fault.code.as_ref() {
        "ThrottlingException" => 503,
        _ => fault.status,
    }
}

/// S3's errors stand without a name space, and say the request's id themselves.
fn failure(answer: &Answer<'_>, fault: &Fault, headers: &mut HeaderMap) -> Vec<u8> {
    call::insert(headers, "content-type", "application/xml");
    // S3's own code for a rate that is too high, which its clients know.
    let code = match fault.code.as_ref() {
        "ThrottlingException" => "SlowDown",
        "ServiceUnavailableException" => "ServiceUnavailable",
        "InternalFailure" => "InternalError",
        code => code,
    };
    let mut error = vec![
        ("Code", Document::from(code)),
        ("Message", fault.message.as_str().into()),
    ];
    for (name, value) in &fault.members {
        if let (&"Region", Document::String(region)) = (name, value) {
            call::insert(headers, "x-amz-bucket-region", region);
        }
        error.push((name, value.clone()));
    }
    error.push(("RequestId", answer.request_id.into()));
    error.push(("HostId", host_id(answer.request_id).into()));
    let mut out = DECLARATION.to_owned();
    xml::element(&mut out, "Error", &Document::structure(error));
    out.into_bytes()
}

/// The second id of a request, of which AWS says only that it helps its support.
fn host_id(request_id: &str) -> String {
    payload::sha256(request_id.as_bytes())
}

/// Whether the header is one of a checksum, or belongs to the frame of a request.
pub(super) fn is_framing(name: &str) -> bool {
    const FRAME: &[&str] = &[
        "x-amz-date",
        "x-amz-content-sha256",
        "x-amz-security-token",
        "x-amz-user-agent",
        "x-amz-decoded-content-length",
        "x-amz-trailer",
        "x-amz-te",
        "x-amz-sdk-checksum-algorithm",
        "x-amz-request-payer",
    ];
    FRAME.contains(&name) || CHECKSUMS.iter().any(|checksum| checksum.header == name)
}
