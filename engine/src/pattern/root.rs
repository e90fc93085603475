use std::borrow::Cow;
use std::cell::OnceCell;

use super::json_value::Json;
use super::operand::Scalar;
use super::selector::Found;

/// A message that is one JSON object, read once: its members, still in their text.
#[derive(Debug)]
pub(super) struct Root<'m> {
    pub(super) whole: Json<'m>,
    members: Vec<(Cow<'m, str>, Json<'m>)>,
}

impl<'m> Root<'m> {
    /// `None` where `message` is anything else than one object.
    pub(super) fn parse(message: &'m str) -> Option<Self> {
        let mut members = Vec::new();
        let whole = Json::object_with(message, &mut |key, value| members.push((key, value)))?;
        Some(Self { whole, members })
    }

    /// The member of that name; the last one where it stands twice.
    pub(super) fn member(&self, name: &str) -> Option<Json<'m>> {
        let found = self.members.iter().rev().find(|(key, _)| key == name);
        found.map(|(_, value)| *value)
    }
}

/// What one selector finds in a message; text and numbers are decoded when first asked for.
#[derive(Debug)]
pub(super) enum Looked<'m> {
    One(Option<Leaf<'m>>),
    Many {
        parent_exists: bool,
        values: Vec<Leaf<'m>>,
    },
}

#[derive(Debug)]
pub(super) struct Leaf<'m> {
    pub(super) json: Json<'m>,
    scalar: OnceCell<Option<Scalar<'m>>>,
}

impl<'m> Leaf<'m> {
    fn new(json: Json<'m>) -> Self {
        Self {
            json,
            scalar: OnceCell::new(),
        }
    }

    /// A string or a number; `None` for all else.
    pub(super) fn scalar(&self) -> Option<&Scalar<'m>> {
        self.scalar.get_or_init(|| self.json.scalar()).as_ref()
    }
}

impl<'m> From<Found<'m>> for Looked<'m> {
    fn from(found: Found<'m>) -> Self {
        match found {
            Found::One(value) => Self::One(value.map(Leaf::new)),
            Found::Many {
                parent_exists,
                values,
            } => Self::Many {
                parent_exists,
                values: values.into_iter().map(Leaf::new).collect(),
            },
        }
    }
}
