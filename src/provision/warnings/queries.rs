use super::Look;
use crate::provision::Resource;

/// The longest query text, in characters (PutQueryDefinition, `queryString`).
const LONGEST: usize = 10_000;

/// A text that is too long is refused.
pub(super) fn too_long(look: &Look<'_>) -> Vec<String> {
    let Some(Resource::Query(query)) = &look.change.after else {
        return Vec::new();
    };
    let length = query.text.chars().count();
    match length > LONGEST {
        true => vec![format!(
            "a saved query has at most {LONGEST} characters; this one has {length}, comments included"
        )],
        false => Vec::new(),
    }
}
