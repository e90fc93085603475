use super::subscription_list;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListSubscriptions`: of all topics.
pub(super) const OPERATION: Operation = Operation {
    name: "ListSubscriptions",
    mutates: false,
    members: &["NextToken"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    subscription_list::answer(cx.account.topics.all(), input)
}
