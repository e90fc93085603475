use std::collections::BTreeMap;

use super::refusal::{constraint, refuse};
use crate::metrics::MetricError;

const MOST_KEYS: usize = 50;
const LONGEST_KEY: usize = 128;

/// `ActionConfiguration.AlarmTagsPropagation`: which of an alarm's tags its messages carry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TagsPropagation {
    /// Whether any are sent.
    pub enabled: bool,
    /// Only these keys, where there are some.
    pub included: Vec<String>,
    /// All but these keys, where there are some; not beside `included`.
    pub excluded: Vec<String>,
}

impl TagsPropagation {
    /// What of `tags` is sent; nothing where none are to be.
    pub(super) fn sent<'a>(
        &self,
        tags: &'a BTreeMap<String, String>,
    ) -> Option<Vec<(&'a String, &'a String)>> {
        let is_sent = |key: &String| {
            (self.included.is_empty() || self.included.contains(key))
                && !self.excluded.contains(key)
        };
        let sent = tags.iter().filter(|(key, _)| is_sent(key));
        self.enabled.then(|| sent.collect())
    }

    /// What the API reference refuses, in AWS's manner.
    pub fn check(&self) -> Result<(), MetricError> {
        refuse(
            !self.included.is_empty() && !self.excluded.is_empty(),
            || "IncludedTagKeys and ExcludedTagKeys are mutually exclusive".to_owned(),
        )?;
        for (member, keys) in [
            ("includedTagKeys", &self.included),
            ("excludedTagKeys", &self.excluded),
        ] {
            let member = format!("actionConfiguration.alarmTagsPropagation.{member}");
            refuse(keys.len() > MOST_KEYS, || {
                let given = format!("[{}]", keys.join(", "));
                constraint(&given, &member, "have length less than or equal to 50")
            })?;
            let is_fine = |key: &&String| (1..=LONGEST_KEY).contains(&key.chars().count());
            let wrong = keys.iter().find(|key| !is_fine(key));
            refuse(wrong.is_some(), || {
                let given = wrong.map_or("", String::as_str);
                constraint(given, &member, "have length between 1 and 128")
            })?;
        }
        Ok(())
    }
}

/// [`TagsPropagation::check`], where there is one.
pub(super) fn check_tags(propagation: Option<&TagsPropagation>) -> Result<(), MetricError> {
    propagation.map_or(Ok(()), TagsPropagation::check)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_sent_as_the_keys_say() {
        let tags = BTreeMap::from([("a", "1"), ("b", "2")].map(|(k, v)| (k.into(), v.into())));
        let sent = |enabled, included: &[&str], excluded: &[&str]| {
            let owned = |keys: &[&str]| keys.iter().map(|k| (*k).to_owned()).collect();
            let propagation = TagsPropagation {
                enabled,
                included: owned(included),
                excluded: owned(excluded),
            };
            let sent = propagation.sent(&tags)?;
            Some(sent.iter().map(|(k, _)| k.as_str()).collect::<String>())
        };
        assert_eq!(sent(true, &[], &[]).as_deref(), Some("ab"));
        assert_eq!(sent(true, &["b", "c"], &[]).as_deref(), Some("b"));
        assert_eq!(sent(true, &[], &["b"]).as_deref(), Some("a"));
        assert_eq!(sent(false, &[], &[]), None);
    }
}
