use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use belfry_engine::base::Millis;
use serde_json::{Map, Number, Value};

use crate::endpoint::{Document, Members};

/// Writes a document so that every kind of value reads back as itself. What JSON has no word for is an object
/// with one member that begins with `$`.
pub(super) fn write(document: &Document) -> Value {
    match document {
        Document::Null => Value::Null,
        Document::Bool(value) => Value::Bool(*value),
        Document::Integer(value) => Value::Number((*value).into()),
        Document::Double(value) => Number::from_f64(*value).map_or_else(
            || tagged("$double", value.to_string().into()),
            Value::Number,
        ),
        Document::String(text) => Value::String(text.clone()),
        Document::Blob(bytes) => tagged("$blob", STANDARD.encode(bytes).into()),
        Document::Timestamp(at) => tagged("$timestamp", at.0.into()),
        Document::List(items) => Value::Array(items.iter().map(write).collect()),
        Document::Map(entries) => tagged("$map", object(entries)),
        Document::Structure(members) if members.keys().any(|name| name.starts_with('$')) => {
            tagged("$structure", object(members))
        }
        Document::Structure(members) => object(members),
    }
}

/// Reads what [`write`] wrote; `None` where it is not that.
pub(super) fn read(value: Value) -> Option<Document> {
    Some(match value {
        Value::Null => Document::Null,
        Value::Bool(value) => Document::Bool(value),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Document::Integer(whole),
            None => Document::Double(number.as_f64()?),
        },
        Value::String(text) => Document::String(text),
        Value::Array(items) => {
            Document::List(items.into_iter().map(read).collect::<Option<Vec<_>>>()?)
        }
        Value::Object(object) => return read_object(object),
    })
}

fn read_object(mut object: Map<String, Value>) -> Option<Document> {
    let tag = object.keys().find(|name| name.starts_with('$')).cloned();
    let Some(tag) = tag else {
        return members(object).map(Document::Structure);
    };
    let value = object.remove(&tag)?;
    match (tag.as_str(), value) {
        _ if !object.is_empty() => None,
        ("$double", Value::String(text)) => text.parse().ok().map(Document::Double),
        ("$blob", Value::String(text)) => STANDARD.decode(text).ok().map(Document::Blob),
        ("$timestamp", Value::Number(at)) => at.as_i64().map(|at| Document::Timestamp(Millis(at))),
        ("$map", Value::Object(object)) => members(object).map(Document::Map),
        ("$structure", Value::Object(object)) => members(object).map(Document::Structure),
        _ => None,
    }
}

fn members(object: Map<String, Value>) -> Option<Members> {
    object
        .into_iter()
        .map(|(name, value)| Some((name, read(value)?)))
        .collect()
}

fn object(members: &Members) -> Value {
    let members = members.iter();
    Value::Object(
        members
            .map(|(name, value)| (name.clone(), write(value)))
            .collect(),
    )
}

fn tagged(tag: &str, value: Value) -> Value {
    Value::Object([(tag.to_owned(), value)].into_iter().collect())
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
            Just(Document::Double(f64::INFINITY)),
            ".{0,12}".prop_map(Document::String),
            proptest::collection::vec(any::<u8>(), 0..8).prop_map(Document::Blob),
            any::<i64>().prop_map(|at| Document::Timestamp(Millis(at))),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            let members = proptest::collection::vec(("[$a-c]{0,3}", inner.clone()), 0..4);
            let members = members.prop_map(|pairs| pairs.into_iter().collect::<Members>());
            prop_oneof![
                proptest::collection::vec(inner, 0..4).prop_map(Document::List),
                members.clone().prop_map(Document::Map),
                members.prop_map(Document::Structure),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_kind_of_value_reads_back_as_itself(document in any_document()) {
            let text = write(&document).to_string();
            let value: Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(read(value), Some(document));
        }
    }
}
