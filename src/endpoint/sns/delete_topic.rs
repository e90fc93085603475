use super::refusals::{invalid, is_topic_arn};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DeleteTopic`: also its subscriptions; a topic that is not there is no fault.
pub(super) const OPERATION: Operation = Operation {
    name: "DeleteTopic",
    mutates: true,
    members: &["TopicArn"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = input.required_str("TopicArn")?;
    if !is_topic_arn(arn) {
        return Err(invalid("TopicArn"));
    }
    cx.account.topics.delete(arn);
    cx.account.tags.forget(arn);
    Ok(Document::empty())
}
