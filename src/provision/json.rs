use std::fmt::Display;

use serde_json::{Value, json};

use super::text::unified;
use super::{
    Action, Applied, AttributeChange, Change, Kind, Outcome, Plan, WidgetChange, shown,
    widget_changes,
};

/// The version of the JSON below; it rises when a reader could be misled.
const VERSION: u32 = 1;

/// A plan for machines, as docs/provisioning.md describes it.
pub fn plan_json(plan: &Plan) -> Value {
    let conflicts: Vec<Value> = plan
        .conflicts
        .iter()
        .map(|c| json!({ "address": c.address.to_string(), "reason": c.reason }))
        .collect();
    let waiting = plan.waiting.iter();
    let waiting = waiting.map(|w| json!({ "address": w.address.to_string(), "reason": w.reason }));
    let kept: Vec<String> = plan.kept.iter().map(ToString::to_string).collect();
    let warnings: Vec<Value> = plan
        .warnings
        .iter()
        .map(|w| json!({ "address": w.address.to_string(), "message": w.message }))
        .collect();
    json!({
        "version": VERSION,
        "changes": plan.changes.iter().map(change_json).collect::<Vec<_>>(),
        "conflicts": conflicts,
        "kept": kept,
        "waiting": waiting.collect::<Vec<_>>(),
        "warnings": warnings,
        "summary": {
            "create": plan.count(Action::Create),
            "update": plan.count(Action::Update),
            "delete": plan.count(Action::Delete),
            "unchanged": plan.unchanged,
        },
    })
}

pub(super) fn change_json(change: &Change) -> Value {
    let attributes: Vec<Value> = change.attributes.iter().map(attribute_json).collect();
    let mut json = json!({
        "address": change.address.to_string(),
        "kind": change.address.kind.name(),
        "action": change.action.name(),
        "attributes": attributes,
    });
    if let Some(widgets) = widgets(change) {
        json["widgets"] = widgets.iter().map(widget_json).collect();
    }
    json
}

/// With the difference line by line where the attribute is a text of several.
fn attribute_json(attribute: &AttributeChange) -> Value {
    let (before, after) = (shown(&attribute.before), shown(&attribute.after));
    let diff = unified(&before, &after);
    let mut json = json!({ "name": attribute.name, "before": before, "after": after });
    if let Some(diff) = diff {
        json["diff"] = diff.into();
    }
    json
}

/// How the widgets of a dashboard that is updated differ.
fn widgets(change: &Change) -> Option<Vec<WidgetChange>> {
    let is_update = change.address.kind == Kind::Dashboard && change.action == Action::Update;
    let body = change.attributes.iter().find(|a| a.name == "body")?;
    is_update.then(|| widget_changes(&body.before, &body.after))?
}

fn widget_json(widget: &WidgetChange) -> Value {
    let differences = widget.differences.iter().map(|difference| {
        let mut json = shown(&difference.json());
        if let Some(diff) = unified(&json["before"], &json["after"]) {
            json["diff"] = diff.into();
        }
        json
    });
    json!({
        "title": widget.title,
        "type": widget.kind,
        "place": widget.place.map(|(x, y)| json!({ "x": x, "y": y })),
        "action": widget.action.name(),
        "differences": differences.collect::<Vec<_>>(),
    })
}

/// What became of a plan, for machines.
pub fn applied_json<E: Display>(outcome: &Outcome<E>) -> Value {
    let results: Vec<Value> = outcome
        .results
        .iter()
        .map(|(address, action, applied)| {
            let (result, reason) = match applied {
                Applied::Done => ("done", None),
                Applied::Failed(error) => ("failed", Some(error.to_string())),
                Applied::Skipped(lacking) => ("skipped", Some(format!("needs {lacking}"))),
            };
            json!({
                "address": address.to_string(),
                "action": action.name(),
                "result": result,
                "reason": reason,
            })
        })
        .collect();
    json!({ "version": VERSION, "complete": outcome.is_complete(), "results": results })
}
