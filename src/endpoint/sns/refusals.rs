use belfry_engine::account::Topic;

use crate::endpoint::{Context, Fault};

/// `InvalidParameter`, in SNS's words: `Invalid parameter: …`.
pub(super) fn invalid(what: &str) -> Fault {
    Fault::new("InvalidParameter", format!("Invalid parameter: {what}"))
}

/// `NotFound`, 404.
pub(super) fn not_found(message: &str) -> Fault {
    Fault::new("NotFound", message).with_status(404)
}

/// The topic behind an ARN; an ARN of another shape is invalid, one that leads nowhere is not found.
pub(super) fn topic<'a>(cx: &'a Context<'_>, arn: &str) -> Result<&'a Topic, Fault> {
    if !is_topic_arn(arn) {
        return Err(invalid("TopicArn"));
    }
    cx.account
        .topics
        .get(arn)
        .ok_or_else(|| not_found("Topic does not exist"))
}

/// Whether `arn` has the shape `arn:PARTITION:sns:REGION:ACCOUNT:NAME`.
pub(super) fn is_topic_arn(arn: &str) -> bool {
    let parts: Vec<&str> = arn.split(':').collect();
    matches!(parts[..], ["arn", _, "sns", region, account, name]
        if !region.is_empty() && !account.is_empty() && !name.is_empty())
}

/// Whether `arn` has the shape `TOPIC-ARN:ID`.
pub(super) fn is_subscription_arn(arn: &str) -> bool {
    arn.rsplit_once(':')
        .is_some_and(|(topic, id)| is_topic_arn(topic) && !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arns_are_told_apart_by_their_shape() {
        let topic = "arn:aws:sns:us-east-1:000000000000:alerts";
        assert!(is_topic_arn(topic));
        assert!(!is_topic_arn("alerts"));
        assert!(!is_topic_arn("arn:aws:sqs:us-east-1:000000000000:alerts"));
        assert!(is_subscription_arn(&format!("{topic}:id")));
        assert!(!is_subscription_arn(topic));
    }
}
