use belfry_engine::pattern::FilterPattern;

use super::Part;

/// The alternatives of a regular expression that is a whole pattern, each judged alone. AWS takes no parentheses, so that
/// every `|` outside of brackets parts two.
pub(super) fn parts(pattern: &str, start: usize, end: usize, message: &str) -> Vec<Part> {
    let inside = pattern.get(start..end).unwrap_or_default();
    let mut bounds = Vec::new();
    let (mut from, mut in_class, mut escaped) = (start, false, false);
    for (at, letter) in inside.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' => in_class = true,
            ']' => in_class = false,
            '|' if !in_class => {
                bounds.push((from, start + at));
                from = start + at + 1;
            }
            _ => {}
        }
    }
    bounds.push((from, end));
    let judged = bounds.into_iter().filter_map(|(start, end)| {
        let text = pattern.get(start..end)?;
        let alone = FilterPattern::parse(&format!("%{text}%")).ok()?;
        Some(Part {
            text: text.to_owned(),
            start,
            end,
            holds: alone.matches(message),
            found: None,
        })
    });
    judged.collect()
}
