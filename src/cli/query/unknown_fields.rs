use std::collections::BTreeSet;

use belfry_engine::base::TimeRange;
use belfry_engine::diag::{Diagnostic, Help, Span, check, nearest};
use belfry_engine::events::EventSource;
use belfry_engine::insights::Query;
use serde_json::Value;

/// Events whose members are taken for names that may have been meant.
const SAMPLE: usize = 100;

/// Warnings on fields of the query that no event of `source` has and that `declared` does not know either: most
/// likely misspelt. The scan ends with the chunk in which the last of them was seen.
pub(super) fn warnings(
    query: &Query,
    source: &dyn EventSource,
    declared: &[String],
) -> Vec<Diagnostic> {
    let declared = |name: &str| declared.iter().any(|known| known == name);
    let mut unseen: Vec<&str> = query
        .event_fields()
        .filter(|name| is_plain(name) && !declared(name))
        .collect();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut sampled = 0;
    for chunk in 0..source.chunks() {
        if unseen.is_empty() {
            break;
        }
        source.scan(chunk, TimeRange::ALL, &mut |event| {
            unseen.retain(|name| !has_member(event.message, root(name)));
            if sampled < SAMPLE {
                sampled += 1;
                known.extend(members(event.message));
            }
        });
    }
    if sampled == 0 {
        return Vec::new();
    }
    let warning = |name: &&str| {
        let mut places = query.reads().filter(|(read, _)| read == name);
        let (_, first) = places.next()?;
        let warning = warning(name, first, &known);
        Some(places.fold(warning, |warning, (_, place)| {
            warning.also(place, "and here")
        }))
    };
    unseen.iter().filter_map(warning).collect()
}

fn warning(name: &str, span: Span, known: &BTreeSet<String>) -> Diagnostic {
    let message = format!("no event has a field `{name}`");
    let warning = Diagnostic::warning(&check::UNKNOWN_FIELD, span, message);
    match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => warning.replace(span, near, "a field with a similar name exists"),
        None => warning,
    }
}

/// A warning as one line.
pub(super) fn remark(warning: &Diagnostic) -> String {
    match &warning.help {
        Some(Help::Replace { text, message, .. }) => {
            format!("{}; {message}: `{text}`", warning.message)
        }
        _ => warning.message.clone(),
    }
}

/// Whether JSON writes the name as it is.
fn is_plain(name: &str) -> bool {
    !root(name).is_empty()
        && root(name)
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// Whether a member is called `name` somewhere in a JSON message. A text of that name is none.
fn has_member(message: &str, name: &str) -> bool {
    message.match_indices(name).any(|(start, found)| {
        let before = message.get(..start).unwrap_or_default();
        let behind = message.get(start + found.len()..).unwrap_or_default();
        let value = behind.strip_prefix('"').map(str::trim_start);
        before.ends_with('"') && value.is_some_and(|value| value.starts_with(':'))
    })
}

fn root(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// The members of a JSON message, those of objects in it as dotted names.
fn members(message: &str) -> Vec<String> {
    let Ok(Value::Object(object)) = serde_json::from_str(message) else {
        return Vec::new();
    };
    let mut names = Vec::new();
    for (name, value) in &object {
        names.push(name.clone());
        if let Value::Object(inner) = value {
            names.extend(inner.keys().map(|key| format!("{name}.{key}")));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::has_member;

    #[test]
    fn a_text_is_no_member_of_its_name() {
        let message = r#"{"level" : "ERROR", "note": "a \"level: x"}"#;
        assert!(has_member(message, "level"));
        assert!(!has_member(message, "ERROR"));
        assert!(!has_member(message, "leve"));
        assert!(!has_member(message, "a"));
    }
}
