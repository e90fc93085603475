use super::read;
use super::refusals::{account, budget};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeBudget`.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeBudget",
    mutates: false,
    members: &["AccountId", "BudgetName", "ShowFilterExpression"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    account(cx, input)?;
    let budget = budget(cx, read::name(input)?, "get budget")?;
    Ok(Document::structure([("Budget", budget.show())]))
}
