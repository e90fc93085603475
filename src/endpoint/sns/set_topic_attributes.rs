use super::attributes;
use super::refusals::topic;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `SetTopicAttributes`: `DisplayName` and `Policy`; the policy is kept, not enforced, as no caller is told from another here.
pub(super) const OPERATION: Operation = Operation {
    name: "SetTopicAttributes",
    mutates: true,
    members: &["TopicArn", "AttributeName", "AttributeValue"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = input.required_str("TopicArn")?;
    topic(cx, arn)?;
    let name = input.required_str("AttributeName")?;
    let value = input.optional_str("AttributeValue")?.unwrap_or_default();
    attributes::check(name, value, arn)?;
    if let Some(topic) = cx.account.topics.get_mut(arn) {
        topic.attributes.insert(name.to_owned(), value.to_owned());
    }
    Ok(Document::empty())
}
