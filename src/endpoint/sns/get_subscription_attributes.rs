use super::refusals::{invalid, is_subscription_arn, not_found};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `GetSubscriptionAttributes`.
pub(super) const OPERATION: Operation = Operation {
    name: "GetSubscriptionAttributes",
    mutates: false,
    members: &["SubscriptionArn"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = input.required_str("SubscriptionArn")?;
    if !is_subscription_arn(arn) {
        return Err(invalid("SubscriptionArn"));
    }
    let (topic, subscription) = cx
        .account
        .topics
        .subscription(arn)
        .ok_or_else(|| not_found("Subscription does not exist"))?;
    let flag = |value: bool| value.to_string();
    let raw = subscription
        .attributes
        .get("RawMessageDelivery")
        .map(String::as_str);
    let attributes = [
        ("ConfirmationWasAuthenticated", flag(false)),
        ("Endpoint", subscription.endpoint.clone()),
        ("Owner", subscription.owner.clone()),
        ("PendingConfirmation", flag(!subscription.confirmed)),
        ("Protocol", subscription.protocol.clone()),
        ("RawMessageDelivery", flag(raw == Some("true"))),
        ("SubscriptionArn", subscription.arn.clone()),
        ("TopicArn", topic.arn.clone()),
    ];
    let entries = attributes.map(|(name, value)| (name, Document::from(value)));
    Ok(Document::structure([(
        "Attributes",
        Document::map(entries),
    )]))
}
