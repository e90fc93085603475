use super::refusals::{invalid, is_subscription_arn};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `Unsubscribe`: a subscription that is not there is no fault.
pub(super) const OPERATION: Operation = Operation {
    name: "Unsubscribe",
    mutates: true,
    members: &["SubscriptionArn"],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let arn = input.required_str("SubscriptionArn")?;
    if !is_subscription_arn(arn) {
        return Err(invalid(
            "SubscriptionArn Reason: An ARN must have at least 6 elements, not 1",
        ));
    }
    cx.account.topics.unsubscribe(arn);
    Ok(Document::empty())
}
