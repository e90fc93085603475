use super::refusals::topic;
use super::subscription_list;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ListSubscriptionsByTopic`.
pub(super) const OPERATION: Operation = Operation {
    name: "ListSubscriptionsByTopic",
    mutates: false,
    members: &["TopicArn", "NextToken"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let topic = topic(cx, input.required_str("TopicArn")?)?;
    subscription_list::answer(std::iter::once(topic), input)
}
