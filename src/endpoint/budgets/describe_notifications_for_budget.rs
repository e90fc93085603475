use super::read;
use super::refusals::{account, budget, page};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeNotificationsForBudget`: in the order of their making, up to 100 a page.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeNotificationsForBudget",
    mutates: false,
    members: &["AccountId", "BudgetName", "MaxResults", "NextToken"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    account(cx, input)?;
    let budget = budget(cx, read::name(input)?, "get notifications")?;
    let numbered = budget.notifications.iter().enumerate();
    let all = numbered.map(|(number, notification)| (format!("{number:04}"), notification.show()));
    let page = page(input, all.collect(), 100)?;
    Ok(Document::structure([
        ("Notifications", Document::List(page.items)),
        ("NextToken", page.next.into()),
    ]))
}
