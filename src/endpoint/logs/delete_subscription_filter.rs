use super::fault::not_found;
use super::read;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteSubscriptionFilter`.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteSubscriptionFilter",
    mutates: true,
    members: &["logGroupName", "filterName"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = input.required_str("logGroupName")?;
    let name = read::required_text(input, "filterName", 1..=512)?;
    cx.account.logs.group(group)?;
    let filters = cx.stores.subscription_filters.of(cx.region);
    if !filters.delete(group, name) {
        return Err(not_found("subscription filter"));
    }
    Ok(Document::empty())
}
