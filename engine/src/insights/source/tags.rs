use std::collections::BTreeMap;
use std::fmt;

/// One filter of `logGroupTags`: a key, and the values of which one must fit; any value where none is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagFilter {
    /// The tag's key.
    pub key: String,
    /// Values, any of them.
    pub values: Vec<TagValue>,
}

/// A value of a tag filter: `*` stands for any text, a leading `!` turns it round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagValue {
    pattern: String,
    negated: bool,
}

impl TagFilter {
    /// A filter of a key and its values as they are written.
    pub fn new(key: &str, values: &[String]) -> Self {
        let value = |text: &String| match text.strip_prefix('!') {
            Some(rest) => (rest.to_owned(), true),
            None => (text.clone(), false),
        };
        let values = values.iter().map(value);
        Self {
            key: key.to_owned(),
            values: values
                .map(|(pattern, negated)| TagValue { pattern, negated })
                .collect(),
        }
    }

    /// Whether a group's tags fit. A group without the key does not, not even under `!`.
    pub(super) fn holds(&self, tags: &BTreeMap<String, String>) -> bool {
        let Some(found) = tags.get(&self.key) else {
            return false;
        };
        self.values.is_empty() || self.values.iter().any(|value| value.fits(found))
    }
}

/// As it is written: with its `!`.
impl fmt::Display for TagValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negated { "!" } else { "" };
        write!(f, "{sign}{}", self.pattern)
    }
}

impl TagValue {
    fn fits(&self, text: &str) -> bool {
        fits(&self.pattern, text) != self.negated
    }
}

/// Whether `text` is `pattern` with each `*` standing for some text.
fn fits(pattern: &str, text: &str) -> bool {
    let Some((head, tail)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(rest) = text.strip_prefix(head) else {
        return false;
    };
    let mut starts = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    starts.any(|at| fits(tail, rest.get(at..).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_stand_for_any_text_and_a_mark_turns_round() {
        let tags = BTreeMap::from([("k".to_owned(), "prod-eu".to_owned())]);
        let holds = |value: &str| TagFilter::new("k", &[value.to_owned()]).holds(&tags);
        assert!(
            holds("prod-eu") && holds("prod*") && holds("*-eu") && holds("p*-*u") && holds("!x")
        );
        assert!(!holds("prod") && !holds("!prod*"));
        assert!(TagFilter::new("k", &[]).holds(&tags));
        assert!(!TagFilter::new("other", &["!x".to_owned()]).holds(&tags));
    }
}
