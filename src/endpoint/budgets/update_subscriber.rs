use super::notification::{Notification, Subscriber, check_count};
use super::read;
use super::refusals::{account, budget, duplicate, not_found, notification, required};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `UpdateSubscriber`.
pub(super) const OPERATION: Operation = Operation {
    name: "UpdateSubscriber",
    mutates: true,
    members: &[
        "AccountId",
        "BudgetName",
        "Notification",
        "OldSubscriber",
        "NewSubscriber",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    account(cx, input)?;
    let wanted = Notification::read(&required(input, "Notification")?)?;
    let old = Subscriber::read(&required(input, "OldSubscriber")?)?;
    let new = Subscriber::read(&required(input, "NewSubscriber")?)?;
    let budget = budget(cx, read::name(input)?, "update subscriber")?;
    let found = notification(budget, &wanted)?;
    if new != old && found.subscribers.contains(&new) {
        return Err(duplicate(
            "Error updating subscriber - the subscriber already exists.",
        ));
    }
    let mut all = found.subscribers.clone();
    let place = all.iter_mut().find(|other| **other == old);
    *place.ok_or_else(|| not_found("the notification has no such subscriber"))? = new;
    check_count(&all)?;
    found.subscribers = all;
    Ok(Document::empty())
}
