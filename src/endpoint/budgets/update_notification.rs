use super::notification::Notification;
use super::read;
use super::refusals::{account, budget, duplicate, notification, required};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `UpdateNotification`: its subscribers stay.
pub(super) const OPERATION: Operation = Operation {
    name: "UpdateNotification",
    mutates: true,
    members: &[
        "AccountId",
        "BudgetName",
        "OldNotification",
        "NewNotification",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    account(cx, input)?;
    let old = Notification::read(&required(input, "OldNotification")?)?;
    let new = Notification::read(&required(input, "NewNotification")?)?;
    let budget = budget(cx, read::name(input)?, "update notification")?;
    if !new.is_same(&old) && budget.notifications.iter().any(|other| other.is_same(&new)) {
        return Err(duplicate(
            "Error updating notification - the notification already exists.",
        ));
    }
    let found = notification(budget, &old)?;
    *found = Notification {
        subscribers: std::mem::take(&mut found.subscribers),
        ..new
    };
    Ok(Document::empty())
}
