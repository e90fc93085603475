use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::number::Number;
use super::operand::Scalar;

/// A JSON value still in its text: numbers keep every digit, and nothing is decoded that no selector asks for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Json<'a>(&'a str);

impl<'a> Json<'a> {
    /// The object that `message` is, whole; `None` where it is anything else.
    pub(super) fn object(message: &'a str) -> Option<Self> {
        let raw: &RawValue = serde_json::from_str(message).ok()?;
        raw.get().starts_with('{').then_some(Self(raw.get()))
    }

    /// The same, showing every member and its value on the way.
    pub(super) fn object_with(
        message: &'a str,
        visit: &mut dyn FnMut(Cow<'a, str>, Self),
    ) -> Option<Self> {
        let mut reader = serde_json::Deserializer::from_str(message);
        reader.deserialize_map(Members(visit)).ok()?;
        reader.end().ok()?;
        Some(Self(message.trim_matches([' ', '\t', '\r', '\n'])))
    }

    pub(super) fn is_null(self) -> bool {
        self.0 == "null"
    }

    pub(super) fn is_boolean(self, value: bool) -> bool {
        self.0 == if value { "true" } else { "false" }
    }

    pub(super) fn is_array(self) -> bool {
        self.0.starts_with('[')
    }

    /// A string or a number; `None` for all else.
    pub(super) fn scalar(self) -> Option<Scalar<'a>> {
        match self.0.as_bytes().first()? {
            b'"' => self.string().map(Scalar::Text),
            b'-' | b'0'..=b'9' => Some(Scalar::Number(Number::from_json(self.0))),
            _ => None,
        }
    }

    fn string(self) -> Option<Cow<'a, str>> {
        let inner = self.0.strip_prefix('"')?.strip_suffix('"')?;
        if inner.contains('\\') {
            return serde_json::from_str(self.0).ok().map(Cow::Owned);
        }
        Some(Cow::Borrowed(inner))
    }

    /// The member `name` of an object; the last one where it stands twice.
    pub(super) fn member(self, name: &str) -> Option<Self> {
        let mut found = None;
        self.members(&mut |key, value| {
            if key == name {
                found = Some(value);
            }
        });
        found
    }

    /// The element at `index` of an array.
    pub(super) fn element(self, index: usize) -> Option<Self> {
        self.is_array()
            .then(|| self.children().into_iter().nth(index))
            .flatten()
    }

    /// The elements of an array or the values of an object's members; nothing for all else.
    pub(super) fn children(self) -> Vec<Self> {
        let mut children = Vec::new();
        if self.is_array() {
            let elements = Elements(&mut |value| children.push(value));
            let mut reader = serde_json::Deserializer::from_str(self.0);
            let _: Result<(), _> = reader.deserialize_seq(elements);
        } else {
            self.members(&mut |_, value| children.push(value));
        }
        children
    }

    fn members(self, visit: &mut dyn FnMut(Cow<'a, str>, Self)) {
        if self.0.starts_with('{') {
            let mut reader = serde_json::Deserializer::from_str(self.0);
            let _: Result<(), _> = reader.deserialize_map(Members(visit));
        }
    }
}

struct Members<'v, 'a>(&'v mut dyn FnMut(Cow<'a, str>, Json<'a>));

impl<'a> Visitor<'a> for Members<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key_seed(Key)? {
            let raw: &'a RawValue = map.next_value()?;
            (self.0)(key, Json(raw.get()));
        }
        Ok(())
    }
}

struct Elements<'v, 'a>(&'v mut dyn FnMut(Json<'a>));

impl<'a> Visitor<'a> for Elements<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut elements: A) -> Result<(), A::Error> {
        while let Some(raw) = elements.next_element::<&'a RawValue>()? {
            (self.0)(Json(raw.get()));
        }
        while elements.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

/// A member's name, borrowed where it has no escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_whole_object_is_an_object() {
        assert!(Json::object(" {\"a\": 1} ").is_some());
        for message in ["[1]", "{\"a\":1} x", "{\"a\":1", "1", "", "\u{feff}{}"] {
            assert!(Json::object(message).is_none(), "{message}");
        }
    }

    #[test]
    fn names_and_strings_are_unescaped_and_the_last_of_two_names_wins() {
        let root = Json::object(r#"{"a":1,"\u0061":"x\ny"}"#).unwrap();
        assert_eq!(
            root.member("a").unwrap().scalar(),
            Some(Scalar::Text("x\ny".into()))
        );
    }

    #[test]
    fn elements_and_members_are_children() {
        let root = Json::object(r#"{"a":[1,[2],{"b":3}]}"#).unwrap();
        let array = root.member("a").unwrap();
        assert_eq!(array.children().len(), 3);
        assert!(array.element(2).unwrap().member("b").is_some());
        assert!(array.element(3).is_none());
        assert!(root.element(0).is_none());
    }
}
