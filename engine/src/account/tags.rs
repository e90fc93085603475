use std::collections::BTreeMap;

/// Tags by ARN. Whether the resource exists, and how many tags it may have, is for its operations to check.
#[derive(Clone, Debug, Default)]
pub struct TagStore {
    tags: BTreeMap<String, BTreeMap<String, String>>,
}

impl TagStore {
    /// The tags of a resource; empty where it has none.
    pub fn of(&self, arn: &str) -> BTreeMap<String, String> {
        self.tags.get(arn).cloned().unwrap_or_default()
    }

    /// Every resource that has or had tags, by ARN.
    pub fn all(&self) -> impl Iterator<Item = (&str, &BTreeMap<String, String>)> {
        self.tags.iter().map(|(arn, tags)| (arn.as_str(), tags))
    }

    /// Adds tags, replacing values of keys that are there.
    pub fn add(&mut self, arn: &str, tags: impl IntoIterator<Item = (String, String)>) {
        self.tags.entry(arn.into()).or_default().extend(tags);
    }

    /// Takes keys away; unknown keys do not matter.
    pub fn remove<'a>(&mut self, arn: &str, keys: impl IntoIterator<Item = &'a str>) {
        if let Some(tags) = self.tags.get_mut(arn) {
            for key in keys {
                tags.remove(key);
            }
        }
    }

    /// Forgets a resource that is gone.
    pub fn forget(&mut self, arn: &str) {
        self.tags.remove(arn);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_replaced_and_taken_away_by_its_key() {
        let mut tags = TagStore::default();
        tags.add(
            "arn",
            [("team".into(), "a".into()), ("x".into(), "1".into())],
        );
        tags.add("arn", [("team".into(), "b".into())]);
        tags.remove("arn", ["x", "unknown"]);
        assert_eq!(
            tags.of("arn"),
            BTreeMap::from([("team".into(), "b".into())])
        );
        tags.forget("arn");
        assert!(tags.of("arn").is_empty());
    }
}
