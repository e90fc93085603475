use std::collections::BTreeMap;

use belfry_engine::diag::{Diagnostic, suite as codes};

use super::section::Section;

/// Tags that a suite may set: what is left of AWS's 50 beside Belfry's own.
const MOST_TAGS: usize = 40;

/// The tags of a resource: all of them, so that others are taken away. Where the key is left out, tags are left alone.
pub(super) fn read_tags(
    cx: &mut Vec<Diagnostic>,
    section: &mut Section<'_>,
) -> Option<BTreeMap<String, String>> {
    if !section.has("tags") {
        return None;
    }
    let at = section.at_key("tags");
    let tags = section.string_map(cx, "tags");
    if tags.len() > MOST_TAGS {
        let message = format!(
            "there are {} tags, at most {MOST_TAGS} are taken",
            tags.len()
        );
        cx.push(Diagnostic::error(&codes::OUT_OF_RANGE, at, message));
    }
    let mut read = BTreeMap::new();
    for (key, value) in tags {
        if let Some(reason) = objection(&key, &value.value) {
            let message = format!("the tag `{key}` {reason}");
            cx.push(Diagnostic::error(&codes::WRONG_VALUE, value.at, message));
        }
        read.insert(key, value.value);
    }
    Some(read)
}

/// Why AWS or Belfry does not take a tag.
fn objection(key: &str, value: &str) -> Option<&'static str> {
    let is_taken = |text: &str| {
        text.chars()
            .all(|c| c.is_alphanumeric() || c == ' ' || "_.:/=+-@".contains(c))
    };
    if key.starts_with("aws:") || key.starts_with("belfry:") {
        return Some("begins with a word that is kept: `aws:`, `belfry:`");
    }
    if !(1..=128).contains(&key.chars().count()) || value.chars().count() > 256 {
        return Some("has a key of 1 to 128 characters, and a value of up to 256");
    }
    if !is_taken(key) || !is_taken(value) {
        return Some("has letters, digits, blanks and `_.:/=+-@` alone");
    }
    None
}
