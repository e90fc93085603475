use std::fmt::Display;

use serde_json::{Value, json};

use super::{Action, Applied, Change, Outcome, Plan};

/// The version of the JSON below; it rises when a reader could be misled.
const VERSION: u32 = 1;

/// A plan for machines.
pub fn plan_json(plan: &Plan) -> Value {
    let conflicts: Vec<Value> = plan
        .conflicts
        .iter()
        .map(|c| json!({ "address": c.address.to_string(), "reason": c.reason }))
        .collect();
    let kept: Vec<String> = plan.kept.iter().map(ToString::to_string).collect();
    json!({
        "version": VERSION,
        "changes": plan.changes.iter().map(change_json).collect::<Vec<_>>(),
        "conflicts": conflicts,
        "kept": kept,
        "summary": {
            "create": plan.count(Action::Create),
            "update": plan.count(Action::Update),
            "delete": plan.count(Action::Delete),
            "unchanged": plan.unchanged,
        },
    })
}

fn change_json(change: &Change) -> Value {
    let attributes: Vec<Value> = change
        .attributes
        .iter()
        .map(|a| json!({ "name": a.name, "before": a.before, "after": a.after }))
        .collect();
    json!({
        "address": change.address.to_string(),
        "kind": change.address.kind.name(),
        "action": change.action.name(),
        "attributes": attributes,
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
