//! System fields that tell where an event comes from: account, Region, data source, entity, tags.
//!
//! A source that does not know its account refuses them ([`EventSource::refuses`]); one that knows it
//! fills them, and what nobody attached to the event is missing, as on AWS: no entity came with its batch, and
//! tags of resources are added only where an organisation has turned that on.
//!
//! [`EventSource::refuses`]: crate::events::EventSource::refuses

use super::value::Value;
use crate::events::EventRef;

/// One of the fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// `@aws.account`
    Account,
    /// `@aws.region`
    Region,
    /// `@data_source_name`
    SourceName,
    /// `@data_source_type`
    SourceType,
    /// `@entity.…`, `@aws.tag.…`: nothing attaches them here.
    Attached,
}

const FIELDS: &[(&str, Field)] = &[
    ("@aws.account", Field::Account),
    ("@aws.region", Field::Region),
    ("@data_source_name", Field::SourceName),
    ("@data_source_type", Field::SourceType),
];

/// Families whose names have no end.
const ATTACHED: &[&str] = &["@entity.KeyAttributes.", "@entity.Attributes.", "@aws.tag."];

impl Field {
    /// The field of that name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let attached = ATTACHED.iter().any(|family| {
            let behind = name.strip_prefix(family);
            behind.is_some_and(|key| !key.is_empty())
        });
        if attached {
            return Some(Self::Attached);
        }
        let found = FIELDS.iter().find(|(known, _)| *known == name);
        found.map(|(_, field)| *field)
    }

    /// The names of those that can be listed.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        FIELDS.iter().map(|(name, _)| *name)
    }
}

/// The value of a field.
pub(super) fn value(field: Field, event: EventRef<'_>) -> Value<'_> {
    let Some(origin) = event.origin else {
        return Value::Null;
    };
    let source = origin.data_source.as_ref();
    let text = match field {
        Field::Account => origin.account.as_deref(),
        Field::Region => origin.region.as_deref(),
        Field::SourceName => source.map(|source| &*source.name),
        Field::SourceType => source.and_then(|source| source.kind.as_deref()),
        Field::Attached => None,
    };
    text.map_or(Value::Null, |text| Value::Text(text.into()))
}
