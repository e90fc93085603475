use super::notification::{Notification, Subscriber};
use super::read;
use super::refusals::{account, budget, not_found, notification, required};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteSubscriber`: the last one takes its notification with it.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteSubscriber",
    mutates: true,
    members: &["AccountId", "BudgetName", "Notification", "Subscriber"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    account(cx, input)?;
    let wanted = Notification::read(&required(input, "Notification")?)?;
    let gone = Subscriber::read(&required(input, "Subscriber")?)?;
    let budget = budget(cx, read::name(input)?, "delete subscriber")?;
    let found = notification(budget, &wanted)?;
    if !found.subscribers.contains(&gone) {
        return Err(not_found("the notification has no such subscriber"));
    }
    found.subscribers.retain(|other| *other != gone);
    budget
        .notifications
        .retain(|other| !other.subscribers.is_empty());
    Ok(Document::empty())
}
