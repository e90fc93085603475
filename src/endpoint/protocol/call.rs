use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Method, Response, StatusCode};

use super::{aws_json, aws_query, detect, rest_xml, rpc_v2_cbor};
use crate::endpoint::{Document, Fault, Operation, Service};

/// A wire protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// awsJson 1.0: today's botocore to CloudWatch.
    AwsJson10,
    /// awsJson 1.1: Logs.
    AwsJson11,
    /// Smithy's rpc-v2-cbor: the Rust SDK to CloudWatch.
    RpcV2Cbor,
    /// Form in, XML out: SNS, STS, and CloudWatch from older SDKs.
    AwsQuery,
    /// Addresses, headers and XML: S3.
    RestXml,
}

/// A decoded request.
#[derive(Debug)]
pub(in crate::endpoint) struct Call {
    /// Which service.
    pub(in crate::endpoint) service: &'static Service,
    /// Which operation.
    pub(in crate::endpoint) operation: &'static Operation,
    /// Its input.
    pub(in crate::endpoint) input: Document,
    /// Whether all scalars are text.
    pub(in crate::endpoint) text: bool,
}

/// What goes back to the caller.
#[derive(Debug)]
pub(in crate::endpoint) struct Answer<'a> {
    /// The service, where it could be told.
    pub(in crate::endpoint) service: Option<&'static Service>,
    /// The operation's name, where it could be told.
    pub(in crate::endpoint) operation: &'a str,
    /// The result.
    pub(in crate::endpoint) result: &'a Result<Document, Fault>,
    /// `x-amzn-RequestId`.
    pub(in crate::endpoint) request_id: &'a str,
}

impl Protocol {
    /// Which protocol a request speaks; query/XML where nothing says otherwise.
    pub(in crate::endpoint) fn of(parts: &Parts) -> Self {
        detect::protocol(parts)
    }

    /// Decodes a request.
    pub(in crate::endpoint) fn decode(self, parts: &Parts, body: &Bytes) -> Result<Call, Fault> {
        match self {
            Self::AwsJson10 | Self::AwsJson11 => aws_json::decode(parts, body),
            Self::RpcV2Cbor => rpc_v2_cbor::decode(parts, body),
            Self::AwsQuery => aws_query::decode(parts, body),
            Self::RestXml => rest_xml::decode(parts, body),
        }
    }

    /// Whether bodies are kept as they came: a content encoding is the object's own there.
    pub(in crate::endpoint) fn keeps_encoding(self) -> bool {
        self == Self::RestXml
    }

    /// Encodes an answer to a request with this head.
    pub(in crate::endpoint) fn encode(self, answer: &Answer<'_>, parts: &Parts) -> Response<Bytes> {
        let status = match answer.result {
            Ok(_) => 200,
            Err(fault) => fault.status,
        };
        let (body, mut headers, status) = match self {
            Self::AwsJson10 => with_status(
                aws_json::encode(answer, "application/x-amz-json-1.0"),
                status,
            ),
            Self::AwsJson11 => with_status(
                aws_json::encode(answer, "application/x-amz-json-1.1"),
                status,
            ),
            Self::RpcV2Cbor => with_status(rpc_v2_cbor::encode(answer), status),
            Self::AwsQuery => with_status(aws_query::encode(answer), status),
            Self::RestXml => rest_xml::encode(answer, parts.method == Method::HEAD),
        };
        insert(&mut headers, "x-amzn-requestid", answer.request_id);
        let mut response = Response::new(Bytes::from(body));
        *response.headers_mut() = headers;
        *response.status_mut() =
            StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        response
    }
}

fn with_status((body, headers): (Vec<u8>, HeaderMap), status: u16) -> (Vec<u8>, HeaderMap, u16) {
    (body, headers, status)
}

/// Sets a header; a value that no header can carry is left out.
pub(super) fn insert(headers: &mut HeaderMap, name: &'static str, value: &str) {
    if let Ok(value) = value.parse() {
        headers.insert(name, value);
    }
}

/// Finds the operation of a service, or refuses by name.
pub(super) fn operation(
    service: &'static Service,
    name: &str,
) -> Result<&'static Operation, Fault> {
    service.operation(name).ok_or_else(|| {
        Fault::new(
            "UnknownOperationException",
            format!(
                "the operation `{name}` of `{}` is not supported by this endpoint; supported here: {}",
                service.name,
                service.operation_names()
            ),
        )
    })
}

/// The refusal of a service that is not here.
pub(super) fn unknown_service(name: &str) -> Fault {
    let names: Vec<&str> = crate::endpoint::services::SERVICES
        .iter()
        .map(|s| s.name)
        .collect();
    Fault::new(
        "UnknownOperationException",
        format!(
            "the service `{name}` is not supported by this endpoint; supported here: {}",
            names.join(", ")
        ),
    )
}

/// The name of a fault's shape.
pub(super) fn shape_of<'a>(service: Option<&'static Service>, fault: &'a Fault) -> &'a str {
    if let Some(shape) = fault.shape {
        return shape;
    }
    service
        .and_then(|s| s.fault_shapes.iter().find(|(code, _)| *code == fault.code))
        .map_or(&fault.code, |(_, shape)| shape)
}

/// `code;Sender`, for services whose older clients know errors by their query codes.
pub(super) fn insert_query_error(headers: &mut HeaderMap, answer: &Answer<'_>, fault: &Fault) {
    if answer.service.is_some_and(|s| s.query_compatible) {
        let value = format!("{};{}", fault.code, fault.party());
        insert(headers, "x-amzn-query-error", &value);
    }
}
