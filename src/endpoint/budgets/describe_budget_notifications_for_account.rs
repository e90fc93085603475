use super::refusals::{account, page};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeBudgetNotificationsForAccount`: of all budgets, by name.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeBudgetNotificationsForAccount",
    mutates: false,
    members: &["AccountId", "MaxResults", "NextToken"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    account(cx, input)?;
    let budgets = cx.stores.budgets.budgets.values();
    let all = budgets.map(|budget| {
        let notifications = budget.notifications.iter().map(|n| n.show()).collect();
        let shown = Document::structure([
            ("Notifications", Document::List(notifications)),
            ("BudgetName", Document::from(&budget.name)),
        ]);
        (budget.name.clone(), shown)
    });
    let page = page(input, all.collect(), 1000)?;
    Ok(Document::structure([
        ("BudgetNotificationsForAccount", Document::List(page.items)),
        ("NextToken", page.next.into()),
    ]))
}
