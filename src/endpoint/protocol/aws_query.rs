use http::HeaderMap;
use http::request::Parts;

use super::call::{self, Answer, Call};
use super::{form, xml};
use crate::endpoint::{Document, Fault, Service, services};

/// Members of the request that belong to the protocol or to (unchecked) signatures in the address.
const FRAME: &[&str] = &[
    "Action",
    "Version",
    "AWSAccessKeyId",
    "Signature",
    "SignatureMethod",
    "SignatureVersion",
    "Timestamp",
    "Expires",
    "SecurityToken",
];

/// Decodes a form in the body (POST) or in the address (GET).
pub(super) fn decode(parts: &Parts, body: &[u8]) -> Result<Call, Fault> {
    let in_address = parts.uri.query().unwrap_or_default().as_bytes();
    let mut pairs = form::pairs(in_address)?;
    pairs.extend(form::pairs(body)?);
    let action = value(&pairs, "Action").ok_or_else(|| {
        Fault::new(
            "MissingAction",
            "the request names no `Action` (query/XML), no `X-Amz-Target` (awsJson) and no `/service/…/operation/…` (rpc-v2-cbor)",
        )
    })?;
    let service = service(&pairs, &action)?;
    let operation = call::operation(service, &action).map_err(|fault| Fault {
        code: "InvalidAction".into(),
        ..fault
    })?;
    pairs.retain(|(name, _)| !FRAME.contains(&name.as_str()) && !name.starts_with("X-Amz-"));
    Ok(Call {
        service,
        operation,
        input: form::structure(pairs)?,
        text: true,
    })
}

/// Encodes `<XResponse><XResult>…`, or `<ErrorResponse>`.
pub(super) fn encode(answer: &Answer<'_>) -> (Vec<u8>, HeaderMap) {
    let mut headers = HeaderMap::new();
    call::insert(&mut headers, "content-type", "text/xml");
    let namespace = answer
        .service
        .map_or("http://webservices.amazon.com/AWSFault/2005-15-09", |s| {
            s.namespace
        });
    let body = match answer.result {
        Ok(document) => success(answer, namespace, document),
        Err(fault) => failure(answer, namespace, fault),
    };
    (body.into_bytes(), headers)
}

/// The service by its `Version`; without one, by the operation's name, if only one service has it (a
/// confirmation's `SubscribeURL` carries no version).
fn service(pairs: &[(String, String)], action: &str) -> Result<&'static Service, Fault> {
    if let Some(version) = value(pairs, "Version") {
        return services::by_version(&version).ok_or_else(|| {
            let known: Vec<&str> = services::SERVICES.iter().map(|s| s.version).collect();
            Fault::new(
                "InvalidAction",
                format!(
                    "no service of this endpoint has the version `{version}`; known here: {}",
                    known.join(", ")
                ),
            )
        });
    }
    let mut having = services::SERVICES
        .iter()
        .filter(|s| s.operation(action).is_some());
    match (having.next(), having.next()) {
        (Some(service), None) => Ok(service),
        _ => Err(Fault::new(
            "MissingParameter",
            format!("the request names the action `{action}` but no `Version`"),
        )),
    }
}

fn value(pairs: &[(String, String)], name: &str) -> Option<String> {
    pairs
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.clone())
}

/// Operations without output, by the API models of SNS and CloudWatch: clients look for no result element, and for one
/// everywhere else.
const WITHOUT_OUTPUT: &[&str] = &[
    "DeleteAlarmMuteRule",
    "DeleteAlarms",
    "DeleteTopic",
    "DisableAlarmActions",
    "EnableAlarmActions",
    "PutAlarmMuteRule",
    "PutCompositeAlarm",
    "PutLogAlarm",
    "PutMetricAlarm",
    "PutMetricData",
    "SetAlarmState",
    "SetTopicAttributes",
    "Unsubscribe",
];

fn success(answer: &Answer<'_>, namespace: &str, document: &Document) -> String {
    let operation = answer.operation;
    let mut out = format!("<{operation}Response xmlns=\"{namespace}\">");
    // One whose output has no members has an empty result element.
    if !WITHOUT_OUTPUT.contains(&operation) {
        xml::element(&mut out, &format!("{operation}Result"), document);
    }
    let request_id = answer.request_id;
    out.push_str("<ResponseMetadata><RequestId>");
    out.push_str(request_id);
    out.push_str("</RequestId></ResponseMetadata>");
    xml::close(&mut out, &format!("{operation}Response"));
    out
}

fn failure(answer: &Answer<'_>, namespace: &str, fault: &Fault) -> String {
    let mut error = vec![
        ("Type", Document::from(fault.party())),
        ("Code", fault.code.as_ref().into()),
        ("Message", fault.message.as_str().into()),
    ];
    error.extend(fault.members.iter().cloned());
    let mut out = format!("<ErrorResponse xmlns=\"{namespace}\">");
    xml::element(&mut out, "Error", &Document::structure(error));
    xml::element(&mut out, "RequestId", &answer.request_id.into());
    xml::close(&mut out, "ErrorResponse");
    out
}
