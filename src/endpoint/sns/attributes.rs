use std::collections::BTreeMap;

use belfry_engine::account::Topic;

use super::policy;
use super::refusals::invalid;
use crate::endpoint::Fault;

/// The attributes of a topic that have a meaning here.
const TOPIC_ATTRIBUTES: &[&str] = &["DisplayName", "Policy"];

/// SNS's own retry policy, which is what is reported; see `endpoint/delivery` for what is done.
const EFFECTIVE_DELIVERY_POLICY: &str = "{\"http\":{\"defaultHealthyRetryPolicy\":{\"minDelayTarget\":20,\"maxDelayTarget\":20,\"numRetries\":3,\"numMaxDelayRetries\":0,\"numNoDelayRetries\":0,\"numMinDelayRetries\":0,\"backoffFunction\":\"linear\"},\"disableSubscriptionOverrides\":false,\"defaultRequestPolicy\":{\"headerContentType\":\"text/plain; charset=UTF-8\"}}}";

/// Checks one attribute of the topic `arn`. Attributes that change what SNS does and that are not done here are
/// refused by name.
pub(super) fn check(name: &str, value: &str, arn: &str) -> Result<(), Fault> {
    match name {
        "DisplayName" if value.chars().count() > 100 => Err(invalid(
            "DisplayName Reason: must be at most 100 characters long",
        )),
        "Policy" => policy::check(value, arn),
        _ if TOPIC_ATTRIBUTES.contains(&name) => Ok(()),
        _ => Err(invalid(&format!(
            "Attributes Reason: the attribute `{name}` is not supported by this endpoint; supported here: {}",
            TOPIC_ATTRIBUTES.join(", ")
        ))),
    }
}

/// What GetTopicAttributes returns.
pub(super) fn of(topic: &Topic, account_id: &str) -> BTreeMap<String, String> {
    let count = |confirmed| {
        let subscriptions = topic.subscriptions.iter();
        subscriptions
            .filter(|s| s.confirmed == confirmed)
            .count()
            .to_string()
    };
    let mut attributes: BTreeMap<String, String> = [
        ("TopicArn", topic.arn.clone()),
        ("Owner", account_id.to_owned()),
        ("DisplayName", String::new()),
        ("Policy", policy::default_policy(&topic.arn, account_id)),
        ("SubscriptionsConfirmed", count(true)),
        ("SubscriptionsPending", count(false)),
        ("SubscriptionsDeleted", "0".to_owned()),
        (
            "EffectiveDeliveryPolicy",
            EFFECTIVE_DELIVERY_POLICY.to_owned(),
        ),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect();
    attributes.extend(topic.attributes.clone());
    attributes
}
