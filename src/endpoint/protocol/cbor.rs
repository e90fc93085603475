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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_document() -> impl Strategy<Value = Document> {
        let leaf = prop_oneof![
            Just(Document::Null),
            any::<bool>().prop_map(Document::Bool),
            any::<i64>().prop_map(Document::Integer),
            (-1e300..1e300_f64).prop_map(Document::Double),
            ".{0,12}".prop_map(Document::String),
            proptest::collection::vec(any::<u8>(), 0..8).prop_map(Document::Blob),
            (-9_000_000_000_000..9_000_000_000_000_i64)
                .prop_map(|millis| Document::Timestamp(Millis(millis))),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Document::List),
                any_members(inner).prop_map(Document::Structure),
            ]
        })
    }

    fn any_members(value: impl Strategy<Value = Document>) -> impl Strategy<Value = Members> {
        proptest::collection::vec(("[A-Za-z]{1,8}", value), 0..6)
            .prop_map(|pairs| pairs.into_iter().collect())
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(members in any_members(any_document())) {
            let document = Document::Structure(members);
            prop_assert_eq!(read(&write(&document)).unwrap(), document);
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = read(&bytes);
        }

        #[test]
        fn a_cut_body_is_refused(members in any_members(any_document()), cut in 1_usize..8) {
            let whole = write(&Document::Structure(members));
            let end = whole.len().saturating_sub(cut);
            prop_assume!(end > 0);
            prop_assert!(read(&whole[..end]).is_err());
        }
    }

    #[test]
    fn an_indefinite_map_as_the_rust_sdk_writes_it_is_read() {
        let body = b"\xbf\x61A\x9f\x01\xfb\x3f\xf8\0\0\0\0\0\0\xff\xff";
        let list = Document::List(vec![Document::Integer(1), Document::Double(1.5)]);
        assert_eq!(read(body).unwrap(), Document::structure([("A", list)]));
    }

    #[test]
    fn deep_nesting_is_refused() {
        let fault = read(&[b"\xa1\x61A".as_slice(), &[0x81; 5000], &[0x01]].concat()).unwrap_err();
        assert_eq!(fault.code, "SerializationException");
        assert!(fault.message.contains("deeply"), "{}", fault.message);
    }

    #[test]
    fn a_fraction_of_a_second_is_not_cut_below_its_millisecond() {
        for millis in [1_776_679_200_001, 1_776_679_200_123, 1_776_679_200_999] {
            let body = write(&Document::structure([("A", Millis(millis).into())]));
            let mut decoder = Decoder::new(&body[4..]);
            let seconds = decoder.f64().unwrap();
            let cut = ((seconds - seconds.floor()) * 1000.0).floor();
            assert_eq!(cut, (millis % 1000) as f64);
        }
    }
}
