use std::collections::BTreeMap;

use serde_json::Value;

/// What makes two widgets the same one, the surest first. A pass pairs what the passes before it left.
const PASSES: &[fn(&Value) -> Option<String>] =
    &[whole, without_place, title_and_place, title, content, place];

/// Of each new widget the old one that it was; an old widget is paired once.
pub fn widget_pairs(old: &[Value], new: &[Value]) -> Vec<Option<usize>> {
    let mut pairs: Vec<Option<usize>> = vec![None; new.len()];
    for key in PASSES {
        let mut free: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, widget) in old.iter().enumerate().rev() {
            if !pairs.contains(&Some(index))
                && let Some(key) = key(widget)
            {
                free.entry(key).or_default().push(index);
            }
        }
        for (pair, widget) in pairs.iter_mut().zip(new) {
            if pair.is_none() {
                *pair = key(widget).and_then(|key| free.get_mut(&key)?.pop());
            }
        }
    }
    pairs
}

fn whole(widget: &Value) -> Option<String> {
    Some(widget.to_string())
}

fn without_place(widget: &Value) -> Option<String> {
    let mut widget = widget.clone();
    let members = widget.as_object_mut()?;
    for cell in ["x", "y", "width", "height"] {
        members.remove(cell);
    }
    Some(widget.to_string())
}

fn title_and_place(widget: &Value) -> Option<String> {
    Some(title(widget)? + &place(widget)?)
}

fn title(widget: &Value) -> Option<String> {
    Some(format!("{}:{}", kind(widget), titled(widget)?))
}

/// The title, or the first line of a text.
pub(super) fn titled(widget: &Value) -> Option<&str> {
    let text = |pointer: &str| widget.pointer(pointer).and_then(Value::as_str);
    let markdown = text("/properties/markdown").and_then(|text| text.lines().next());
    let heading = markdown.map(|line| line.trim_start_matches('#').trim());
    let title = text("/properties/title").or(heading);
    title.filter(|title| !title.is_empty())
}

/// What it shows: the member that makes a widget of its type.
fn content(widget: &Value) -> Option<String> {
    let shown = ["metrics", "query", "markdown", "alarms", "endpoint"];
    let properties = widget.get("properties")?;
    let content = shown.iter().find_map(|name| properties.get(name))?;
    Some(format!("{}:{content}", kind(widget)))
}

fn place(widget: &Value) -> Option<String> {
    let (x, y) = (widget.get("x")?, widget.get("y")?);
    Some(format!("{}:{x},{y}", kind(widget)))
}

fn kind(widget: &Value) -> &str {
    widget.get("type").and_then(Value::as_str).unwrap_or("")
}
