use belfry_engine::base::Millis;
use indexmap::IndexMap;

/// Members of a structure or entries of a map, in the order of the wire.
pub type Members = IndexMap<String, Document>;

/// The neutral value every protocol is decoded into and encoded from.
#[derive(Clone, Debug, PartialEq)]
pub enum Document {
    /// JSON or CBOR null; the same as an absent member.
    Null,
    /// A boolean.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A double.
    Double(f64),
    /// Text. In query/XML requests every scalar is text.
    String(String),
    /// Bytes; JSON and XML carry them as base64.
    Blob(Vec<u8>),
    /// A moment; JSON carries epoch seconds, XML ISO 8601, CBOR tag 1.
    Timestamp(Millis),
    /// A list.
    List(Vec<Self>),
    /// A structure: members known by name. JSON and CBOR requests decode maps to this too.
    Structure(Members),
    /// A map: names given by the caller. Only query/XML tells it from a structure.
    Map(Members),
}

impl Document {
    /// A structure from pairs; members that are [`Document::Null`] are left out, as AWS leaves them out.
    pub fn structure<K, I>(members: I) -> Self
    where
        K: Into<String>,
        I: IntoIterator<Item = (K, Self)>,
    {
        Self::Structure(present(members))
    }

    /// A map from pairs.
    pub fn map<K, I>(entries: I) -> Self
    where
        K: Into<String>,
        I: IntoIterator<Item = (K, Self)>,
    {
        Self::Map(present(entries))
    }

    /// A list.
    pub fn list<T: Into<Self>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }

    /// The answer of an operation that returns nothing.
    pub fn empty() -> Self {
        Self::Structure(Members::new())
    }

    /// Whether this stands for an absent member.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The members of a structure or map.
    pub fn members(&self) -> Option<&Members> {
        match self {
            Self::Structure(members) | Self::Map(members) => Some(members),
            _ => None,
        }
    }

    /// What kind of value this is, in the words of AWS's `SerializationException`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "NULL_VALUE",
            Self::Bool(true) => "TRUE_VALUE",
            Self::Bool(false) => "FALSE_VALUE",
            Self::Integer(_) => "NUMBER_VALUE",
            Self::Double(_) => "DECIMAL_VALUE",
            Self::String(_) => "STRING_VALUE",
            Self::Blob(_) => "BLOB_VALUE",
            Self::Timestamp(_) => "TIMESTAMP_VALUE",
            Self::List(_) => "LIST_VALUE",
            Self::Structure(_) | Self::Map(_) => "STRUCTURE_VALUE",
        }
    }
}

fn present<K: Into<String>>(pairs: impl IntoIterator<Item = (K, Document)>) -> Members {
    pairs
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(name, value)| (name.into(), value))
        .collect()
}

impl From<bool> for Document {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Document {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<f64> for Document {
    fn from(value: f64) -> Self {
        Self::Double(value)
    }
}

impl From<&str> for Document {
    fn from(value: &str) -> Self {
        Self::String(value.to_owned())
    }
}

impl From<&String> for Document {
    fn from(value: &String) -> Self {
        Self::String(value.clone())
    }
}

impl From<String> for Document {
    fn from(value: String) -> Self {
        Self::String(value)
    }
}

impl From<Millis> for Document {
    fn from(value: Millis) -> Self {
        Self::Timestamp(value)
    }
}

/// A count; beyond 2^63 it stays there.
impl From<usize> for Document {
    fn from(value: usize) -> Self {
        Self::Integer(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

/// A count; beyond 2^63 it stays there.
impl From<u64> for Document {
    fn from(value: u64) -> Self {
        Self::Integer(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

/// Absent stays absent.
impl<T: Into<Self>> From<Option<T>> for Document {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_absent_member_is_left_out_of_a_structure() {
        let document = Document::structure([("a", None::<&str>.into()), ("b", 1_i64.into())]);
        let members = document.members().unwrap();
        assert_eq!(members.keys().collect::<Vec<_>>(), ["b"]);
    }
}
