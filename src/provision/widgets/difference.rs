use serde_json::{Map, Value, json};

/// One thing in which a widget differs.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// `moved`, `resized`, `title`, `query`, `metrics`, `annotations`, or the name of another property:
    /// `period`, `yAxis.left.max`.
    pub what: String,
    /// Null where it was not set. A place is `x,y` and a size `width×height`.
    pub before: Value,
    /// Null where it is not set any more.
    pub after: Value,
}

/// In which two versions of a widget differ: its place and size first, then its properties in their order.
pub(super) fn differences(before: &Value, after: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut add = |what: &str, before: Value, after: Value| {
        if before != after {
            let what = what.to_owned();
            found.push(Difference {
                what,
                before,
                after,
            });
        }
    };
    add(
        "moved",
        cells(before, "x", "y", ','),
        cells(after, "x", "y", ','),
    );
    add(
        "resized",
        cells(before, "width", "height", '×'),
        cells(after, "width", "height", '×'),
    );
    let member = |widget: &Value, name: &str| widget.get(name).cloned().unwrap_or(Value::Null);
    add("type", member(before, "type"), member(after, "type"));
    let rest = |widget: &Value| {
        let mut rest = widget.as_object().cloned().unwrap_or_default();
        for name in ["x", "y", "width", "height", "type", "properties"] {
            rest.remove(name);
        }
        Value::Object(rest)
    };
    nested(&mut found, "", &rest(before), &rest(after));
    properties(
        &mut found,
        &member(before, "properties"),
        &member(after, "properties"),
    );
    found
}

/// Two numbers of the grid as one text; null where neither is set.
fn cells(widget: &Value, one: &str, other: &str, between: char) -> Value {
    let cell = |name: &str| widget.get(name).map(Value::to_string);
    match (cell(one), cell(other)) {
        (None, None) => Value::Null,
        (one, other) => {
            let written = |cell: Option<String>| cell.unwrap_or_else(|| "?".to_owned());
            format!("{}{between}{}", written(one), written(other)).into()
        }
    }
}

/// Lists, such as metrics, and texts are compared whole; objects member by member.
fn properties(found: &mut Vec<Difference>, before: &Value, after: &Value) {
    nested(found, "", before, after);
    let order = |difference: &Difference| match difference.what.as_str() {
        "moved" | "resized" | "type" => 0,
        "title" => 1,
        "query" | "markdown" => 2,
        "metrics" => 3,
        what if what.starts_with("annotations") => 4,
        _ => 5,
    };
    found.sort_by_key(order);
}

fn nested(found: &mut Vec<Difference>, path: &str, before: &Value, after: &Value) {
    if before == after {
        return;
    }
    let nothing = Map::new();
    let members = |value: &'_ Value| value.as_object().cloned();
    let both = match (members(before), members(after)) {
        (Some(old), Some(new)) => Some((old, new)),
        (None, Some(new)) if before.is_null() => Some((nothing, new)),
        (Some(old), None) if after.is_null() => Some((old, nothing)),
        _ => None,
    };
    let Some((old, new)) = both else {
        found.push(Difference {
            what: path.to_owned(),
            before: before.clone(),
            after: after.clone(),
        });
        return;
    };
    let gone = old.keys().filter(|name| !new.contains_key(*name));
    for name in new.keys().chain(gone) {
        let path = match path {
            "" => name.clone(),
            path => format!("{path}.{name}"),
        };
        let side = |side: &Map<String, Value>| side.get(name).cloned().unwrap_or(Value::Null);
        nested(found, &path, &side(&old), &side(&new));
    }
}

impl Difference {
    /// The entries that came and went, where both sides are lists: metrics, annotations, alarms. Entries that
    /// only changed their places are neither.
    pub fn entries(&self) -> Option<(Vec<&Value>, Vec<&Value>)> {
        let is_list = |side: &Value| side.is_null() || side.is_array();
        if !is_list(&self.before) || !is_list(&self.after) {
            return None;
        }
        let came = left_over(&self.after, &self.before);
        let went = left_over(&self.before, &self.after);
        Some((came, went))
    }

    /// For machines.
    pub fn json(&self) -> Value {
        let mut json = json!({ "what": self.what, "before": self.before, "after": self.after });
        if let Some((came, went)) = self.entries() {
            json["added"] = came.into_iter().cloned().collect();
            json["removed"] = went.into_iter().cloned().collect();
        }
        json
    }
}

/// The entries of `list` that `others` has not, each counted as often as it stands there.
fn left_over<'v>(list: &'v Value, others: &Value) -> Vec<&'v Value> {
    let mut others: Vec<&Value> = others.as_array().into_iter().flatten().collect();
    let entries = list.as_array().into_iter().flatten();
    let mut left = Vec::new();
    for entry in entries {
        match others.iter().position(|other| *other == entry) {
            Some(index) => {
                others.swap_remove(index);
            }
            None => left.push(entry),
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_and_thresholds_are_named_by_what_came_and_went() {
        let metrics = |last: &str| json!([["N", "A"], ["N", last]]);
        let before = json!({ "x": 0, "y": 0, "properties": { "metrics": metrics("B"), "annotations": { "horizontal": [{ "value": 1 }] } } });
        let after = json!({ "x": 0, "y": 6, "properties": { "metrics": metrics("C"), "annotations": { "horizontal": [{ "value": 2 }] }, "yAxis": { "left": { "max": 9 } } } });
        let found = differences(&before, &after);
        let what: Vec<&str> = found.iter().map(|d| d.what.as_str()).collect();
        assert_eq!(
            what,
            [
                "moved",
                "metrics",
                "annotations.horizontal",
                "yAxis.left.max"
            ]
        );
        let (came, went) = found[1].entries().unwrap();
        assert_eq!(
            (came, went),
            (vec![&json!(["N", "C"])], vec![&json!(["N", "B"])])
        );
        assert_eq!(found[0].before, "0,0");
        assert_eq!(
            found[3].json(),
            json!({ "what": "yAxis.left.max", "before": null, "after": 9 })
        );
    }

    #[test]
    fn another_order_alone_is_a_difference_without_entries() {
        let before = json!({ "properties": { "metrics": [["a"], ["b"]] } });
        let after = json!({ "properties": { "metrics": [["b"], ["a"]] } });
        let found = differences(&before, &after);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].entries(), Some((Vec::new(), Vec::new())));
    }
}
