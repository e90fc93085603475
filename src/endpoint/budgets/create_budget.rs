use super::budget::Budget;
use super::evaluate::look_at;
use super::notification::{Notification, Subscriber};
use super::refusals::{MOST_NOTIFICATIONS, account, duplicate, required};
use super::tags;
use crate::endpoint::read_tags;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CreateBudget`: not idempotent; with its notifications, all or nothing.
pub(super) const OPERATION: Operation = Operation {
    name: "CreateBudget",
    mutates: true,
    members: &[
        "AccountId",
        "Budget",
        "NotificationsWithSubscribers",
        "ResourceTags",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    account(cx, input)?;
    let mut made = Budget::read(&required(input, "Budget")?, cx.now)?;
    for with in input.structures("NotificationsWithSubscribers")? {
        with.only(&["Notification", "Subscribers"])?;
        let mut notification = Notification::read(&required(&with, "Notification")?)?;
        notification.subscribers = Subscriber::read_all(&with, "Subscribers")?;
        if made
            .notifications
            .iter()
            .any(|other| other.is_same(&notification))
        {
            return Err(duplicate("a notification stands twice"));
        }
        made.notifications.push(notification);
    }
    if made.notifications.len() > MOST_NOTIFICATIONS {
        let message = format!("a budget has at most {MOST_NOTIFICATIONS} notifications");
        return Err(Fault::new("CreationLimitExceededException", message));
    }
    let tags = read_tags(input, "ResourceTags")?;
    let arn = tags::arn(cx, &made.name);
    let store = &mut *cx.stores;
    if store.budgets.budgets.contains_key(&made.name) {
        return Err(duplicate(format!(
            "Error creating budget: {} - the budget already exists.",
            made.name
        )));
    }
    store.budgets.tags.insert(arn, tags.into_iter().collect());
    let name = made.name.clone();
    store.budgets.budgets.insert(name.clone(), made);
    look_at(store, &name, cx.now);
    Ok(Document::empty())
}
