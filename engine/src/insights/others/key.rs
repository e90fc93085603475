use crate::insights::value::Value;

/// Values that are equal have the same key; those with the same key need not be equal.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Number(u64),
    Text(String),
}

/// The key of a value; missing values and maps have none, since they equal nothing.
pub(super) fn key(value: &Value<'_>) -> Option<Key> {
    if let Some(number) = value.as_f64() {
        // Minus zero equals zero.
        return Some(Key::Number((number + 0.0).to_bits()));
    }
    value.display().map(|text| Key::Text(text.into_owned()))
}
