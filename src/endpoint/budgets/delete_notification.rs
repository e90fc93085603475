use super::notification::Notification;
use super::read;
use super::refusals::{account, budget, notification, required};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteNotification`: with its subscribers.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteNotification",
    mutates: true,
    members: &["AccountId", "BudgetName", "Notification"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    account(cx, input)?;
    let wanted = Notification::read(&required(input, "Notification")?)?;
    let budget = budget(cx, read::name(input)?, "delete notification")?;
    notification(budget, &wanted)?;
    budget.notifications.retain(|other| !other.is_same(&wanted));
    Ok(Document::empty())
}
