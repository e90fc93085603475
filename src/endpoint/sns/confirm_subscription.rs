use super::refusals::{invalid, topic};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `ConfirmSubscription`: with the token of the confirmation, also by opening its `SubscribeURL`.
pub(super) const OPERATION: Operation = Operation {
    name: "ConfirmSubscription",
    mutates: true,
    members: &["TopicArn", "Token", "AuthenticateOnUnsubscribe"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = input.required_str("TopicArn")?;
    topic(cx, arn)?;
    let token = input.required_str("Token")?;
    if input.optional_str("AuthenticateOnUnsubscribe")? == Some("true") {
        return Err(invalid(
            "AuthenticateOnUnsubscribe Reason: `true` is not supported by this endpoint, which tells no caller from another",
        ));
    }
    let subscription = cx
        .account
        .topics
        .get_mut(arn)
        .and_then(|topic| topic.subscriptions.iter_mut().find(|s| s.token == token))
        .ok_or_else(|| invalid("Token"))?;
    subscription.confirmed = true;
    Ok(Document::structure([(
        "SubscriptionArn",
        Document::from(&subscription.arn),
    )]))
}
