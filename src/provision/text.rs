use serde_json::Value;
use similar::TextDiff;

/// Unchanged lines beside a change.
const CONTEXT: usize = 2;

/// The difference of two texts of several lines as `diff -u` writes it, without the names of files; nothing
/// where a side is no text or both are one line.
pub(super) fn unified(before: &Value, after: &Value) -> Option<String> {
    let (before, after) = (before.as_str()?, after.as_str()?);
    if !before.contains('\n') && !after.contains('\n') {
        return None;
    }
    let (before, after) = (format!("{before}\n"), format!("{after}\n"));
    let diff = TextDiff::from_lines(&before, &after);
    Some(diff.unified_diff().context_radius(CONTEXT).to_string())
}
