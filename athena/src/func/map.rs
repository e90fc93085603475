use super::overload::{BIGINT, Overload, Parameter, Site, at, plain};
use crate::refusal::{Judged, Refusal};
use crate::types::Type;
use crate::value::Value;

const M: Parameter = Parameter::MapOf(0, 1);

pub(super) const TABLE: &[Overload] = &[
    plain("cardinality", &[M], BIGINT, |args, _| {
        Ok(super::text::count(at(args, 0).entries().iter()))
    }),
    plain(
        "element_at",
        &[M, Parameter::Any(0)],
        value_type,
        |args, _| {
            let found = at(args, 0)
                .entries()
                .iter()
                .find(|(key, _)| key == at(args, 1));
            Ok(found.map_or(Value::Null, |(_, value)| value.clone()))
        },
    ),
    plain(
        "map_keys",
        &[M],
        |types| Type::array(key_type(types)),
        |args, _| {
            Ok(Value::array(
                at(args, 0)
                    .entries()
                    .iter()
                    .map(|(key, _)| key.clone())
                    .collect(),
            ))
        },
    ),
    plain(
        "map_values",
        &[M],
        |types| Type::array(value_type(types)),
        |args, _| {
            Ok(Value::array(
                at(args, 0)
                    .entries()
                    .iter()
                    .map(|(_, value)| value.clone())
                    .collect(),
            ))
        },
    ),
    plain(
        "map_entries",
        &[M],
        |types| {
            Type::array(Type::Row(vec![
                (None, key_type(types)),
                (None, value_type(types)),
            ]))
        },
        |args, _| {
            let entry =
                |(key, value): &(Value, Value)| Value::Row([key.clone(), value.clone()].into());
            Ok(Value::array(
                at(args, 0).entries().iter().map(entry).collect(),
            ))
        },
    ),
    plain(
        "map",
        &[],
        |_| Type::map(Type::Unknown, Type::Unknown),
        |_, _| Ok(Value::Map([].into())),
    ),
    plain(
        "map",
        &[Parameter::ArrayOf(0), Parameter::ArrayOf(1)],
        pair_type,
        |args, _| {
            let (keys, values) = (at(args, 0).items(), at(args, 1).items());
            if keys.len() != values.len() {
                return Err(Refusal::argument(
                    "Key and value arrays must be the same length",
                ));
            }
            map_of(keys.iter().cloned().zip(values.iter().cloned()))
        },
    ),
    plain(
        "split_to_map",
        &[Parameter::Varchar, Parameter::Varchar, Parameter::Varchar],
        |_| Type::map(Type::VARCHAR, Type::VARCHAR),
        split_to_map,
    ),
];

fn key_type(types: &[Type]) -> Type {
    match types.first() {
        Some(Type::Map(key, _)) => (**key).clone(),
        _ => Type::Unknown,
    }
}

fn value_type(types: &[Type]) -> Type {
    match types.first() {
        Some(Type::Map(_, value)) => (**value).clone(),
        _ => Type::Unknown,
    }
}

fn pair_type(types: &[Type]) -> Type {
    match types {
        [Type::Array(key), Type::Array(value)] => Type::map((**key).clone(), (**value).clone()),
        _ => Type::Unknown,
    }
}

/// A map without NULLs and doubles among its keys.
pub(crate) fn map_of(pairs: impl Iterator<Item = (Value, Value)>) -> Judged<Value> {
    let mut entries: Vec<(Value, Value)> = Vec::new();
    for (key, value) in pairs {
        if key.is_null() {
            return Err(Refusal::argument("map key cannot be null"));
        }
        if entries.iter().any(|(known, _)| *known == key) {
            return Err(Refusal::argument("Duplicate map keys are not allowed"));
        }
        entries.push((key, value));
    }
    Ok(Value::Map(entries.into()))
}

fn split_to_map(args: &[Value], _: &Site<'_>) -> Judged<Value> {
    let (text, entry_by, by) = (
        at(args, 0).as_str(),
        at(args, 1).as_str(),
        at(args, 2).as_str(),
    );
    if entry_by.is_empty() || by.is_empty() || entry_by == by {
        return Err(Refusal::argument(
            "entryDelimiter and keyValueDelimiter must not be empty nor the same",
        ));
    }
    let pairs = text.split(entry_by).filter(|entry| !entry.is_empty());
    let pairs: Judged<Vec<(Value, Value)>> = pairs
        .map(|entry| {
            let (key, value) = entry.split_once(by).filter(|(_, value)| !value.contains(by)).ok_or_else(|| {
                Refusal::argument(format!("Key-value delimiter must appear exactly once in each entry. Bad input: '{entry}'"))
            })?;
            Ok((Value::text(key), Value::text(value)))
        })
        .collect();
    let pairs = pairs?;
    let twice = pairs
        .iter()
        .enumerate()
        .find(|(place, (key, _))| pairs.iter().take(*place).any(|(known, _)| known == key));
    match twice {
        Some((_, (key, _))) => Err(Refusal::argument(format!(
            "Duplicate keys ({}) are not allowed",
            key.as_str()
        ))),
        None => Ok(Value::Map(pairs.into())),
    }
}
