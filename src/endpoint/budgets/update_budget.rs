use super::budget::Budget;
use super::evaluate::look_at;
use super::refusals::{account, budget, required};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `UpdateBudget`: replaces all but the name, what was spent and the notifications.
pub(super) const OPERATION: Operation = Operation {
    name: "UpdateBudget",
    mutates: true,
    members: &["AccountId", "NewBudget"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    account(cx, input)?;
    let now = cx.now;
    let updated = Budget::read(&required(input, "NewBudget")?, now)?;
    let found = budget(cx, &updated.name, "update budget")?;
    *found = Budget {
        spend: found.spend.clone(),
        evaluated: found.evaluated,
        notifications: std::mem::take(&mut found.notifications),
        unevaluated: found.unevaluated.take(),
        ..updated
    };
    let name = found.name.clone();
    look_at(cx.stores, &name, now);
    Ok(Document::empty())
}
