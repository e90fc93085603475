use serde_json::Value;

/// A value in one line. Texts stand in quotes, long ones are cut; nothing is `(none)`.
pub(super) fn short(value: &Value) -> String {
    match value {
        Value::Null => "(none)".to_owned(),
        Value::String(text) => quoted(text),
        Value::Array(items) if items.is_empty() => "(none)".to_owned(),
        Value::Array(items) => items.iter().map(short).collect::<Vec<_>>().join(", "),
        Value::Object(members) => members
            .iter()
            .filter(|(_, member)| !member.is_null() && !is_empty(member))
            .map(|(name, member)| format!("{name} {}", short(member)))
            .collect::<Vec<_>>()
            .join(", "),
        other => number(other),
    }
}

fn is_empty(value: &Value) -> bool {
    value.as_object().is_some_and(serde_json::Map::is_empty)
        || value.as_array().is_some_and(Vec::is_empty)
}

/// `10`, not `10.0`: thresholds are floats for AWS and whole for people.
fn number(value: &Value) -> String {
    match value.as_f64() {
        Some(number) if value.is_f64() => number.to_string(),
        _ => value.to_string(),
    }
}

fn quoted(text: &str) -> String {
    let mut lines = text.lines();
    let first = lines.next().unwrap_or_default();
    match lines.count() {
        0 => format!("\"{first}\""),
        more => format!("\"{first}\" … and {more} more lines"),
    }
}

/// Whether a change of this value reads better as a diff of lines.
pub(super) fn is_long(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\n'),
        Value::Array(items) => items.iter().any(Value::is_object),
        _ => false,
    }
}

/// As lines, for a diff.
pub(super) fn lines(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => format!("{text}\n"),
        other => format!("{other:#}\n"),
    }
}
