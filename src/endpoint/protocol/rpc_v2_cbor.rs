use http::HeaderMap;
use http::request::Parts;

use super::call::{self, Answer, Call};
use super::cbor;
use crate::endpoint::{Document, Fault, Members, services};

/// Decodes `POST /service/{Service}/operation/{Operation}` with a CBOR body.
pub(super) fn decode(parts: &Parts, body: &[u8]) -> Result<Call, Fault> {
    let (target, name) = path(parts.uri.path()).ok_or_else(|| {
        Fault::new(
            "UnknownOperationException",
            format!(
                "the path `{}` is not `/service/{{Service}}/operation/{{Operation}}`",
                parts.uri.path()
            ),
        )
        .with_status(404)
    })?;
    let service = services::by_target(target)
        .ok_or_else(|| call::unknown_service(target).with_status(404))?;
    let operation = call::operation(service, name).map_err(|fault| fault.with_status(404))?;
    let input = cbor::read(body)?;
    Ok(Call {
        service,
        operation,
        input,
        text: false,
    })
}

/// Encodes a result as CBOR, a fault with `__type` and `message`.
pub(super) fn encode(answer: &Answer<'_>) -> (Vec<u8>, HeaderMap) {
    let mut headers = HeaderMap::new();
    call::insert(&mut headers, "smithy-protocol", "rpc-v2-cbor");
    call::insert(&mut headers, "content-type", "application/cbor");
    let body = match answer.result {
        Ok(document) => cbor::write(document),
        Err(fault) => {
            call::insert_query_error(&mut headers, answer, fault);
            cbor::write(&fault_body(answer, fault))
        }
    };
    (body, headers)
}

fn fault_body(answer: &Answer<'_>, fault: &Fault) -> Document {
    let shape = call::shape_of(answer.service, fault);
    let space = answer.service.map_or("com.amazonaws", |s| s.shapes);
    let mut body = Members::new();
    body.insert("__type".to_owned(), format!("{space}#{shape}").into());
    body.insert("message".to_owned(), fault.message.as_str().into());
    for (name, value) in &fault.members {
        body.insert((*name).to_owned(), value.clone());
    }
    Document::Structure(body)
}

/// Smithy allows a prefix before `/service/`, and a name space before the service's name.
fn path(path: &str) -> Option<(&str, &str)> {
    let start = path.rfind("/service/")?;
    let (service, operation) = path[start + "/service/".len()..].split_once("/operation/")?;
    let service = service.rsplit('.').next().unwrap_or(service);
    Some((service, operation))
}
