use super::SourceError;
use super::key::{Key, key};
use crate::base::{FastMap, FastSet};
use crate::insights::choices;
use crate::insights::value::{Comparison, Value, compare};

/// The rows of a joined subquery, found again by their key with the language's `=`.
#[derive(Debug, Default)]
pub(in crate::insights) struct Matches {
    places: FastMap<Key, Vec<usize>>,
    rows: Vec<(Value<'static>, Vec<Value<'static>>)>,
}

impl Matches {
    /// Takes rows, each with its key; rows without a key match nothing. There are at most 50,000 keys.
    pub(in crate::insights) fn new(
        rows: impl Iterator<Item = (Value<'static>, Vec<Value<'static>>)>,
    ) -> Result<Self, SourceError> {
        let mut matches = Self::default();
        let mut keys = FastSet::default();
        for (value, columns) in rows {
            let (Some(found), Some(text)) = (key(&value), value.display()) else {
                continue;
            };
            if !keys.contains(text.as_ref()) {
                keys.insert(text.into_owned());
            }
            if keys.len() > choices::MAXIMUM_JOIN_KEYS {
                let most = choices::MAXIMUM_JOIN_KEYS;
                let message = format!(
                    "the right side of `join` has more than {most} different keys; filter its events or take a shorter time range"
                );
                return Err(SourceError::new(message));
            }
            let places = matches.places.entry(found).or_default();
            places.push(matches.rows.len());
            matches.rows.push((value, columns));
        }
        Ok(matches)
    }

    /// The columns of the rows whose key equals a value, in order.
    pub(in crate::insights) fn of(
        &self,
        value: &Value<'_>,
    ) -> impl Iterator<Item = &[Value<'static>]> {
        let places = key(value).and_then(|key| self.places.get(&key));
        let rows = places
            .into_iter()
            .flatten()
            .filter_map(|place| self.rows.get(*place));
        rows.filter(move |(key, _)| compare(Comparison::Equal, value, key))
            .map(|(_, columns)| columns.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(keys: impl Iterator<Item = Value<'static>>) -> Result<Matches, SourceError> {
        Matches::new(keys.map(|key| (key, vec![Value::text("x")])))
    }

    #[test]
    fn a_missing_key_matches_nothing_and_equal_keys_match_each() {
        let keys = [Value::Null, Value::Null, Value::text("7"), Value::text("7")];
        let matches = rows(keys.into_iter()).unwrap();
        assert_eq!(matches.of(&Value::Null).count(), 0);
        assert_eq!(matches.of(&Value::Float(7.0)).count(), 2);
        assert_eq!(matches.of(&Value::text("7.0")).count(), 0);
    }

    #[test]
    fn more_keys_than_the_quota_are_refused() {
        let most = i64::try_from(choices::MAXIMUM_JOIN_KEYS).unwrap();
        assert!(rows((0..most).chain(0..most).map(Value::Integer)).is_ok());
        assert!(rows((0..=most).map(Value::Integer)).is_err());
    }
}
