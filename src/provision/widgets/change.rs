use serde_json::Value;

use super::difference::{Difference, differences};
use super::matching::{titled, widget_pairs};
use crate::provision::Action;

/// A widget that came, went or differs.
#[derive(Clone, Debug, PartialEq)]
pub struct WidgetChange {
    /// Its title; of a text without one its first line; else its type.
    pub title: String,
    /// `metric`, `log`, `text`.
    pub kind: String,
    /// Left and upper edge, in cells of the grid; none where CloudWatch places the widget.
    pub place: Option<(i64, i64)>,
    /// What is done to it.
    pub action: Action,
    /// What differs, where it stays.
    pub differences: Vec<Difference>,
}

/// The widgets in which two bodies differ, in the order of `after`, then those that went; nothing where one
/// of them is no dashboard with widgets.
pub fn widget_changes(before: &Value, after: &Value) -> Option<Vec<WidgetChange>> {
    let widgets = |body: &'_ Value| body.get("widgets").and_then(Value::as_array).cloned();
    let (old, new) = (widgets(before)?, widgets(after)?);
    let pairs = widget_pairs(&old, &new);
    let mut changes = Vec::new();
    for (widget, other) in new.iter().zip(&pairs) {
        let found = other.and_then(|index| old.get(index));
        let (action, differences) = match found {
            None => (Action::Create, Vec::new()),
            Some(found) if found == widget => continue,
            Some(found) => (Action::Update, differences(found, widget)),
        };
        changes.push(WidgetChange {
            action,
            differences,
            ..named(widget)
        });
    }
    let is_kept = |index: &usize| pairs.contains(&Some(*index));
    let gone = old.iter().enumerate().filter(|(i, _)| !is_kept(i));
    changes.extend(gone.map(|(_, widget)| named(widget)));
    Some(changes)
}

fn named(widget: &Value) -> WidgetChange {
    let kind = widget.get("type").and_then(Value::as_str);
    let kind = kind.unwrap_or("widget");
    let title = titled(widget).unwrap_or(kind);
    let cell = |name: &str| widget.get(name).and_then(Value::as_i64);
    WidgetChange {
        title: title.to_owned(),
        kind: kind.to_owned(),
        place: cell("x").zip(cell("y")),
        action: Action::Delete,
        differences: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn widget(title: &str, x: i64, query: &str) -> Value {
        json!({ "type": "log", "x": x, "y": 0, "width": 6, "height": 6, "properties": { "title": title, "query": query } })
    }

    fn told(old: &[Value], new: &[Value]) -> Vec<String> {
        let body = |widgets: &[Value]| json!({ "widgets": widgets });
        let changes = widget_changes(&body(old), &body(new)).unwrap();
        let told = changes.iter().map(|change| {
            let what: Vec<_> = change.differences.iter().map(|d| d.what.as_str()).collect();
            let (sign, title) = (change.action.sign(), &change.title);
            format!("{sign} {title}: {}", what.join(", "))
        });
        told.collect()
    }

    #[test]
    fn a_widget_is_known_again_wherever_it_went_and_whatever_it_is_called() {
        let (a, b) = (widget("A", 0, "fields a"), widget("B", 6, "fields b"));
        assert!(told(&[a.clone(), b.clone()], &[b.clone(), a.clone()]).is_empty());
        let moved = widget("A", 12, "fields a");
        assert_eq!(
            told(&[a.clone(), b.clone()], &[moved, b.clone()]),
            ["~ A: moved"]
        );
        let renamed = widget("C", 12, "fields a");
        assert_eq!(
            told(&[a.clone(), b.clone()], &[b.clone(), renamed]),
            ["~ C: moved, title"]
        );
        let asked = widget("A", 0, "fields c");
        assert_eq!(
            told(&[a.clone(), b.clone()], &[asked, b.clone()]),
            ["~ A: query"]
        );
        let other = widget("C", 0, "fields c");
        assert_eq!(
            told(&[a.clone(), b.clone()], &[other, b]),
            ["~ C: title, query"]
        );
        let elsewhere = widget("C", 18, "fields c");
        assert_eq!(told(&[a], &[elsewhere]), ["+ C: ", "- A: "]);
    }

    #[test]
    fn of_widgets_of_one_title_each_is_held_against_its_own() {
        let (one, two) = (widget("T", 0, "fields a"), widget("T", 6, "fields b"));
        let two_now = widget("T", 6, "fields c");
        assert_eq!(told(&[one.clone(), two], &[two_now, one]), ["~ T: query"]);
    }

    #[test]
    fn a_body_without_widgets_has_no_changes_of_widgets() {
        assert_eq!(
            widget_changes(&json!("not json"), &json!({ "widgets": [] })),
            None
        );
    }

    #[test]
    fn a_text_is_called_by_its_first_line() {
        let text = json!({ "type": "text", "properties": { "markdown": "## Read me\nmore" } });
        assert_eq!(told(&[], &[text]), ["+ Read me: "]);
    }
}
