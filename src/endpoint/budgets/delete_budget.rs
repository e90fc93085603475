use super::read;
use super::refusals::{account, budget};
use super::tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteBudget`: with its notifications and their subscribers.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteBudget",
    mutates: true,
    members: &["AccountId", "BudgetName"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    account(cx, input)?;
    let name = read::name(input)?;
    budget(cx, name, "delete budget")?;
    let arn = tags::arn(cx, name);
    cx.stores.budgets.budgets.remove(name);
    cx.stores.budgets.tags.remove(&arn);
    Ok(Document::empty())
}
