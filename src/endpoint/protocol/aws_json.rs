use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;
use http::request::Parts;
use serde_json::{Map, Number, Value};

use super::call::{self, Answer, Call};
use super::detect::header;
use crate::endpoint::{Document, Fault, services};

/// Decodes `X-Amz-Target: Prefix.Operation` and a JSON body.
pub(super) fn decode(parts: &Parts, body: &[u8]) -> Result<Call, Fault> {
    let target = header(parts, "x-amz-target").unwrap_or_default();
    let (prefix, name) = target.split_once('.').unwrap_or((target, ""));
    let service = services::by_target(prefix).ok_or_else(|| call::unknown_service(prefix))?;
    let operation = call::operation(service, name)?;
    let input = read(body)?;
    if input.members().is_none() {
        return Err(Fault::serialization(format!(
            "Start of structure or map found where not expected: found {}",
            input.kind()
        )));
    }
    Ok(Call {
        service,
        operation,
        input,
        text: false,
    })
}

/// Encodes a result as JSON, a fault with `__type` and `message`.
pub(super) fn encode(answer: &Answer<'_>, content_type: &str) -> (Vec<u8>, HeaderMap) {
    let mut headers = HeaderMap::new();
    call::insert(&mut headers, "content-type", content_type);
    let body = match answer.result {
        Ok(document) => write(document),
        Err(fault) => {
            let shape = call::shape_of(answer.service, fault);
            call::insert(&mut headers, "x-amzn-errortype", shape);
            call::insert_query_error(&mut headers, answer, fault);
            let named = match answer.service {
                Some(service) if service.query_compatible => {
                    format!("{}#{shape}", service.shapes)
                }
                _ => shape.to_owned(),
            };
            fault_body(named, fault)
        }
    };
    (body.to_string().into_bytes(), headers)
}

/// Reads JSON text; an empty body is an empty structure.
pub(super) fn read(body: &[u8]) -> Result<Document, Fault> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Document::empty());
    }
    serde_json::from_slice(body)
        .map(from_value)
        .map_err(|error| Fault::serialization(format!("the body is not JSON: {error}")))
}

fn fault_body(shape: String, fault: &Fault) -> Value {
    let mut body = Map::new();
    body.insert("__type".to_owned(), Value::String(shape));
    body.insert("message".to_owned(), Value::String(fault.message.clone()));
    for (name, value) in &fault.members {
        body.insert((*name).to_owned(), write(value));
    }
    Value::Object(body)
}

fn from_value(value: Value) -> Document {
    match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(value),
        Value::Number(number) => from_number(&number),
        Value::String(text) => Document::String(text),
        Value::Array(items) => Document::List(items.into_iter().map(from_value).collect()),
        Value::Object(members) => Document::Structure(
            members
                .into_iter()
                .map(|(name, value)| (name, from_value(value)))
                .collect(),
        ),
    }
}

fn from_number(number: &Number) -> Document {
    match number.as_i64() {
        Some(whole) => Document::Integer(whole),
        None => Document::Double(number.as_f64().unwrap_or(f64::NAN)),
    }
}

fn write(document: &Document) -> Value {
    match document {
        Document::Null => Value::Null,
        Document::Bool(value) => Value::Bool(*value),
        Document::Integer(value) => Value::Number((*value).into()),
        Document::Double(value) => write_f64(*value),
        Document::String(text) => Value::String(text.clone()),
        Document::Blob(bytes) => Value::String(STANDARD.encode(bytes)),
        Document::Timestamp(at) => write_seconds(at.0),
        Document::List(items) => Value::Array(items.iter().map(write).collect()),
        Document::Structure(members) | Document::Map(members) => Value::Object(
            members
                .iter()
                .map(|(name, value)| (name.clone(), write(value)))
                .collect(),
        ),
    }
}

/// JSON has no word for NaN and the infinities: Smithy writes them as text.
fn write_f64(value: f64) -> Value {
    match Number::from_f64(value) {
        Some(number) => Value::Number(number),
        None if value.is_nan() => Value::String("NaN".to_owned()),
        None if value > 0.0 => Value::String("Infinity".to_owned()),
        None => Value::String("-Infinity".to_owned()),
    }
}

/// Epoch seconds, with a fraction only where there is one.
#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds since the epoch are far below 2^53"
)]
fn write_seconds(millis: i64) -> Value {
    if millis % 1000 == 0 {
        Value::Number((millis / 1000).into())
    } else {
        write_f64(millis as f64 / 1000.0)
    }
}

#[cfg(test)]
mod tests {
    use belfry_engine::base::Millis;
    use proptest::prelude::*;

    use super::*;

    fn any_document() -> impl Strategy<Value = Document> {
        let leaf = prop_oneof![
            Just(Document::Null),
            any::<bool>().prop_map(Document::Bool),
            any::<i64>().prop_map(Document::Integer),
            (-1e300..1e300_f64).prop_map(Document::Double),
            ".{0,12}".prop_map(Document::String),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Document::List),
                proptest::collection::vec((".{1,8}", inner), 0..6)
                    .prop_map(|pairs| Document::Structure(pairs.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(document in any_document()) {
            let text = write(&document).to_string();
            prop_assert_eq!(read(text.as_bytes()).unwrap(), document);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = read(&bytes);
        }
    }

    #[test]
    fn a_timestamp_is_epoch_seconds_with_a_fraction_only_where_there_is_one() {
        let at = |millis| write(&Millis(millis).into()).to_string();
        assert_eq!(at(1_776_679_200_000), "1776679200");
        assert_eq!(at(1_776_679_200_250), "1776679200.25");
    }

    #[test]
    fn text_that_is_not_json_is_a_serialization_exception() {
        assert_eq!(read(b"{").unwrap_err().code, "SerializationException");
    }
}
