use super::notification::{Notification, Subscriber};
use super::read;
use super::refusals::{MOST_NOTIFICATIONS, account, budget, duplicate, required};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CreateNotification`: with one subscriber at least.
pub(super) const OPERATION: Operation = Operation {
    name: "CreateNotification",
    mutates: true,
    members: &["AccountId", "BudgetName", "Notification", "Subscribers"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    account(cx, input)?;
    let mut made = Notification::read(&required(input, "Notification")?)?;
    made.subscribers = Subscriber::read_all(input, "Subscribers")?;
    let budget = budget(cx, read::name(input)?, "create notification")?;
    if budget
        .notifications
        .iter()
        .any(|other| other.is_same(&made))
    {
        return Err(duplicate(
            "Error creating notification - the notification already exists.",
        ));
    }
    if budget.notifications.len() >= MOST_NOTIFICATIONS {
        let message = format!("a budget has at most {MOST_NOTIFICATIONS} notifications");
        return Err(Fault::new("CreationLimitExceededException", message));
    }
    budget.notifications.push(made);
    Ok(Document::empty())
}
