use super::attributes;
use super::refusals::topic;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetTopicAttributes`.
pub(super) const OPERATION: Operation = Operation {
    name: "GetTopicAttributes",
    mutates: false,
    members: &["TopicArn"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let topic = topic(cx, input.required_str("TopicArn")?)?;
    let attributes = attributes::of(topic, cx.account_id);
    let entries = attributes
        .into_iter()
        .map(|(name, value)| (name, value.into()));
    Ok(Document::structure([(
        "Attributes",
        Document::map(entries),
    )]))
}
