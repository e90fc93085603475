use belfry_engine::account::{Subscription, Topic};

use super::refusals::invalid;
use crate::endpoint::{Document, Fault, Input, Page};

/// A page of subscriptions, 100 of them, in order of their ARNs.
pub(super) fn answer<'a>(
    topics: impl Iterator<Item = &'a Topic>,
    input: &Input<'_>,
) -> Result<Document, Fault> {
    let all = topics
        .flat_map(|topic| topic.subscriptions.iter().map(move |s| (topic, s)))
        .map(|(topic, subscription)| (subscription.arn.clone(), (topic, subscription)));
    let page = Page::of(all.collect(), input.optional_str("NextToken")?, 100)
        .ok_or_else(|| invalid("NextToken"))?;
    let shown = page.items.iter().map(|(topic, s)| show(topic, s));
    Ok(Document::structure([
        ("Subscriptions", Document::List(shown.collect())),
        ("NextToken", page.next.into()),
    ]))
}

/// The ARN of a pending subscription is not told here, as on AWS.
fn show(topic: &Topic, subscription: &Subscription) -> Document {
    let arn = if subscription.confirmed {
        subscription.arn.as_str()
    } else {
        "PendingConfirmation"
    };
    Document::structure([
        ("SubscriptionArn", Document::from(arn)),
        ("Owner", Document::from(&subscription.owner)),
        ("Protocol", Document::from(&subscription.protocol)),
        ("Endpoint", Document::from(&subscription.endpoint)),
        ("TopicArn", Document::from(&topic.arn)),
    ])
}
