use super::notification::{Notification, Subscriber, check_count};
use super::read;
use super::refusals::{account, budget, duplicate, notification, required};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `CreateSubscriber`.
pub(super) const OPERATION: Operation = Operation {
    name: "CreateSubscriber",
    mutates: true,
    members: &["AccountId", "BudgetName", "Notification", "Subscriber"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    account(cx, input)?;
    let wanted = Notification::read(&required(input, "Notification")?)?;
    let made = Subscriber::read(&required(input, "Subscriber")?)?;
    let budget = budget(cx, read::name(input)?, "create subscriber")?;
    let found = notification(budget, &wanted)?;
    if found.subscribers.contains(&made) {
        return Err(duplicate(
            "Error creating subscriber - the subscriber already exists.",
        ));
    }
    let mut all = found.subscribers.clone();
    all.push(made);
    check_count(&all)?;
    found.subscribers = all;
    Ok(Document::empty())
}
