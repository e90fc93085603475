use super::key::{Key, key};
use crate::base::FastMap;
use crate::insights::value::{Comparison, Value, compare};

/// The values of a subquery, found again by the language's `=`.
#[derive(Debug, Default)]
pub(in crate::insights) struct Members(FastMap<Key, Vec<Value<'static>>>);

impl Members {
    /// Adds a value; missing values and maps equal nothing.
    pub(in crate::insights) fn add(&mut self, value: Value<'static>) {
        if let Some(key) = key(&value) {
            let same = self.0.entry(key).or_default();
            if !same.contains(&value) {
                same.push(value);
            }
        }
    }

    /// Whether a value is among them.
    pub(in crate::insights) fn hold(&self, value: &Value<'_>) -> bool {
        let same = key(value).and_then(|key| self.0.get(&key));
        same.is_some_and(|same| {
            same.iter()
                .any(|one| compare(Comparison::Equal, value, one))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_found_by_their_text_and_texts_by_themselves() {
        let mut members = Members::default();
        members.add(Value::text("5"));
        members.add(Value::text("a"));
        members.add(Value::Null);
        assert!(members.hold(&Value::Float(5.0)) && members.hold(&Value::text("a")));
        assert!(!members.hold(&Value::text("5.0")) && !members.hold(&Value::Null));
    }
}
