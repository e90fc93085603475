use super::notification::Notification;
use super::read;
use super::refusals::{account, budget, notification, page, required};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeSubscribersForNotification`: in the order of their making, up to 100 a page.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeSubscribersForNotification",
    mutates: false,
    members: &[
        "AccountId",
        "BudgetName",
        "Notification",
        "MaxResults",
        "NextToken",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    account(cx, input)?;
    let wanted = Notification::read(&required(input, "Notification")?)?;
    let budget = budget(cx, read::name(input)?, "get subscribers")?;
    let numbered = notification(budget, &wanted)?
        .subscribers
        .iter()
        .enumerate();
    let all = numbered.map(|(number, subscriber)| (format!("{number:04}"), subscriber.show()));
    let page = page(input, all.collect(), 100)?;
    Ok(Document::structure([
        ("Subscribers", Document::List(page.items)),
        ("NextToken", page.next.into()),
    ]))
}
