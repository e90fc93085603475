use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;

use super::{Part, Value};

/// A map or a list, as `jsonParse` reads them. Copies share what they hold.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::insights) enum Structure {
    /// Keys in the order they were written.
    Map(Arc<IndexMap<String, Part>>),
    /// Elements in order.
    List(Arc<[Part]>),
}

/// One step into a structured value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::insights) enum Step {
    /// `.key` of a map.
    Key(String),
    /// `[0]` of a list.
    Index(usize),
    /// A key of a map, or the number of an element of a list, as in the names of flattened fields.
    Name(String),
}

impl Structure {
    /// A map; of two values under one key the later counts.
    pub(in crate::insights) fn map(entries: impl IntoIterator<Item = (String, Part)>) -> Self {
        Self::Map(Arc::new(entries.into_iter().collect()))
    }

    /// A list.
    pub(in crate::insights) fn list(elements: impl IntoIterator<Item = Part>) -> Self {
        Self::List(elements.into_iter().collect())
    }

    /// The value that `path` leads to; missing where a key or an index is not there.
    pub(in crate::insights) fn get(&self, path: &[Step]) -> Value<'static> {
        let Some((step, rest)) = path.split_first() else {
            return Value::Structure(self.clone());
        };
        match self.part(step) {
            Some(Part::Structure(inner)) => inner.get(rest),
            Some(part) if rest.is_empty() => part.value(),
            _ => Value::Null,
        }
    }

    fn part(&self, step: &Step) -> Option<&Part> {
        match (self, step) {
            (Self::Map(map), Step::Key(key) | Step::Name(key)) => map.get(key),
            (Self::List(list), Step::Name(index)) => list.get(index.parse::<usize>().ok()?),
            (Self::List(list), Step::Index(index)) => list.get(*index),
            _ => None,
        }
    }
}

/// Compact JSON.
impl fmt::Display for Structure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Map(map) => {
                for (index, (key, part)) in map.iter().enumerate() {
                    let before = if index == 0 { "{" } else { "," };
                    write!(
                        f,
                        "{before}{}:{part}",
                        serde_json::Value::from(key.as_str())
                    )?;
                }
                f.write_str(if map.is_empty() { "{}" } else { "}" })
            }
            Self::List(list) => {
                for (index, part) in list.iter().enumerate() {
                    let before = if index == 0 { "[" } else { "," };
                    write!(f, "{before}{part}")?;
                }
                f.write_str(if list.is_empty() { "[]" } else { "]" })
            }
        }
    }
}
