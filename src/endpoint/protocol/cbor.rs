use belfry_engine::base::Millis;
use minicbor::data::{IanaTag, Tag, Type};
use minicbor::decode::{Decoder, Error};
use minicbor::encode::Encoder;

use crate::endpoint::{Document, Fault, Members};

/// Deeper bodies are refused; CloudWatch's own go to seven.
const MAX_DEPTH: usize = 64;

/// Reads one CBOR structure; an empty body is an empty structure.
pub(super) fn read(body: &[u8]) -> Result<Document, Fault> {
    if body.is_empty() {
        return Ok(Document::empty());
    }
    let mut decoder = Decoder::new(body);
    let document = value(&mut decoder, 0)
        .map_err(|error| Fault::serialization(format!("the body is not CBOR: {error}")))?;
    if decoder.position() != body.len() {
        return Err(Fault::serialization(format!(
            "the body is not CBOR: bytes after the end of the structure at position {}",
            decoder.position()
        )));
    }
    match document {
        Document::Structure(_) => Ok(document),
        other => Err(Fault::serialization(format!(
            "expected a CBOR map, found {}",
            other.kind()
        ))),
    }
}

/// Writes `document`.
pub(super) fn write(document: &Document) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    // Writing into memory cannot fail.
    let _ = put(&mut encoder, document);
    encoder.into_writer()
}

fn value(decoder: &mut Decoder<'_>, depth: usize) -> Result<Document, Error> {
    if depth > MAX_DEPTH {
        return Err(Error::message("nested too deeply"));
    }
    match decoder.datatype()? {
        Type::Null | Type::Undefined => decoder.skip().map(|()| Document::Null),
        Type::Bool => decoder.bool().map(Document::Bool),
        Type::F16 | Type::F32 | Type::F64 => decoder.f64().map(Document::Double),
        Type::String | Type::StringIndef => text(decoder).map(Document::String),
        Type::Bytes | Type::BytesIndef => bytes(decoder).map(Document::Blob),
        Type::Array | Type::ArrayIndef => list(decoder, depth),
        Type::Map | Type::MapIndef => structure(decoder, depth),
        Type::Tag => timestamp(decoder),
        Type::U8
        | Type::U16
        | Type::U32
        | Type::U64
        | Type::I8
        | Type::I16
        | Type::I32
        | Type::I64
        | Type::Int => decoder.i64().map(Document::Integer),
        other => Err(Error::type_mismatch(other)),
    }
}

fn text(decoder: &mut Decoder<'_>) -> Result<String, Error> {
    decoder.str_iter()?.collect()
}

fn bytes(decoder: &mut Decoder<'_>) -> Result<Vec<u8>, Error> {
    let mut all = Vec::new();
    for part in decoder.bytes_iter()? {
        all.extend_from_slice(part?);
    }
    Ok(all)
}

fn list(decoder: &mut Decoder<'_>, depth: usize) -> Result<Document, Error> {
    let mut left = decoder.array()?;
    let mut items = Vec::new();
    while more(decoder, &mut left)? {
        items.push(value(decoder, depth + 1)?);
    }
    Ok(Document::List(items))
}

fn structure(decoder: &mut Decoder<'_>, depth: usize) -> Result<Document, Error> {
    let mut left = decoder.map()?;
    let mut members = Members::new();
    while more(decoder, &mut left)? {
        let name = text(decoder)?;
        let member = value(decoder, depth + 1)?;
        if members.insert(name, member).is_some() {
            return Err(Error::message("a name occurs twice in a map"));
        }
    }
    Ok(Document::Structure(members))
}

/// Whether another item follows; counts down a definite length, reads the break of an indefinite one.
fn more(decoder: &mut Decoder<'_>, left: &mut Option<u64>) -> Result<bool, Error> {
    match left {
        Some(0) => Ok(false),
        Some(count) => {
            *count -= 1;
            Ok(true)
        }
        None if decoder.datatype()? == Type::Break => decoder.skip().map(|()| false),
        None => Ok(true),
    }
}

/// Tag 1 (epoch seconds, whole or with a fraction) is the only one AWS uses in requests.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a float beyond i64 saturates, and is then refused as a moment out of range by the operation"
)]
fn timestamp(decoder: &mut Decoder<'_>) -> Result<Document, Error> {
    let tag = decoder.tag()?;
    if tag != Tag::from(IanaTag::Timestamp) {
        return Err(Error::message(format!(
            "tag {} is not supported; only timestamps (tag 1) are",
            tag.as_u64()
        )));
    }
    let millis = match decoder.datatype()? {
        Type::F16 | Type::F32 | Type::F64 => (decoder.f64()? * 1000.0).round() as i64,
        _ => decoder.i64()?.saturating_mul(1000),
    };
    Ok(Document::Timestamp(Millis(millis)))
}

type Written = Result<(), minicbor::encode::Error<std::convert::Infallible>>;

fn put(encoder: &mut Encoder<Vec<u8>>, document: &Document) -> Written {
    match document {
        Document::Null => encoder.null()?,
        Document::Bool(value) => encoder.bool(*value)?,
        Document::Integer(value) => encoder.i64(*value)?,
        Document::Double(value) => encoder.f64(*value)?,
        Document::String(text) => encoder.str(text)?,
        Document::Blob(bytes) => encoder.bytes(bytes)?,
        Document::Timestamp(at) => return put_timestamp(encoder, at.0),
        Document::List(items) => {
            encoder.array(items.len() as u64)?;
            return items.iter().try_for_each(|item| put(encoder, item));
        }
        Document::Structure(members) | Document::Map(members) => {
            encoder.map(members.len() as u64)?;
            for (name, value) in members {
                encoder.str(name)?;
                put(encoder, value)?;
            }
            return Ok(());
        }
    };
    Ok(())
}

/// Whole seconds as an integer. Readers cut fractions down to milliseconds (Smithy's rule), so a fraction is
/// written as the least double that does not fall below the millisecond meant.
#[expect(
    clippy::cast_precision_loss,
    reason = "milliseconds since the epoch are far below 2^53"
)]
fn put_timestamp(encoder: &mut Encoder<Vec<u8>>, millis: i64) -> Written {
    encoder.tag(IanaTag::Timestamp)?;
    if millis % 1000 == 0 {
        encoder.i64(millis / 1000)?;
        return Ok(());
    }
    let mut seconds = millis as f64 / 1000.0;
    let fraction = millis.rem_euclid(1000) as f64;
    if ((seconds - seconds.floor()) * 1000.0).floor() < fraction {
        seconds = seconds.next_up();
    }
    encoder.f64(seconds)?;
    Ok(())
}
