use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteLogGroup`: the group with its streams, events, metric and subscription filters and tags.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteLogGroup",
    mutates: true,
    members: &["logGroupName"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let name = input.required_str("logGroupName")?;
    let group = cx.account.logs.delete_group(name)?;
    cx.account.metric_filters.delete_group(name);
    cx.stores
        .subscription_filters
        .of(cx.region)
        .delete_group(name);
    cx.account.tags.forget(group.arn());
    Ok(Document::empty())
}
