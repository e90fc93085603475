use super::refusals::{account, page};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeBudgets`: by name, up to 1,000 a page.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeBudgets",
    mutates: false,
    members: &[
        "AccountId",
        "MaxResults",
        "NextToken",
        "ShowFilterExpression",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    account(cx, input)?;
    let budgets = cx.stores.budgets.budgets.values();
    let all = budgets.map(|budget| (budget.name.clone(), budget.show()));
    let page = page(input, all.collect(), 1000)?;
    Ok(Document::structure([
        ("Budgets", Document::List(page.items)),
        ("NextToken", page.next.into()),
    ]))
}
