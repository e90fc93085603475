use std::collections::BTreeMap;

use belfry_engine::account::{Delivery, DeliveryKind, Subscription, Topic};

use super::refusals::{invalid, topic};
use crate::endpoint::is_loopback_url;
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `Subscribe`: `http` to an address of this machine, which is sent a confirmation, or `email`, which stays pending.
pub(super) const OPERATION: Operation = Operation {
    name: "Subscribe",
    mutates: true,
    members: &[
        "TopicArn",
        "Protocol",
        "Endpoint",
        "Attributes",
        "ReturnSubscriptionArn",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let topic_arn = input.required_str("TopicArn")?;
    topic(cx, topic_arn)?;
    let protocol = input.required_str("Protocol")?;
    let endpoint = input.optional_str("Endpoint")?.unwrap_or_default();
    check_endpoint(protocol, endpoint)?;
    let attributes = read_attributes(input)?;
    let known = find(topic(cx, topic_arn)?, protocol, endpoint).cloned();
    if known
        .as_ref()
        .is_some_and(|known| !attributes.is_empty() && known.attributes != attributes)
    {
        return Err(invalid(
            "Attributes Reason: Subscription already exists with different attributes",
        ));
    }
    let subscription = known.unwrap_or_else(|| Subscription {
        arn: format!(
            "{topic_arn}:{}",
            cx.account.ids.next("sns-subscription", cx.now)
        ),
        protocol: protocol.to_owned(),
        endpoint: endpoint.to_owned(),
        owner: cx.account_id.to_owned(),
        token: token(cx),
        confirmed: false,
        attributes,
    });
    keep(cx, topic_arn, &subscription);
    let told =
        subscription.confirmed || input.optional_bool("ReturnSubscriptionArn")? == Some(true);
    let arn = if told {
        subscription.arn.as_str()
    } else {
        "pending confirmation"
    };
    Ok(Document::structure([("SubscriptionArn", arn.into())]))
}

/// Stores the subscription; one that is not confirmed is asked to confirm, again where it was asked before.
fn keep(cx: &mut Context<'_>, topic_arn: &str, subscription: &Subscription) {
    if let Some(topic) = cx.account.topics.get_mut(topic_arn) {
        topic
            .subscriptions
            .retain(|known| known.arn != subscription.arn);
        topic.subscriptions.push(subscription.clone());
    }
    if subscription.confirmed || subscription.protocol != "http" {
        return;
    }
    let delivery = Delivery {
        kind: DeliveryKind::SubscriptionConfirmation,
        message_id: cx.account.ids.next("sns-message", cx.now),
        topic_arn: topic_arn.to_owned(),
        subscription: subscription.clone(),
        subject: None,
        message: format!(
            "You have chosen to subscribe to the topic {topic_arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message."
        ),
        timestamp: cx.now,
    };
    cx.account.outbox.push(delivery);
}

fn find<'a>(topic: &'a Topic, protocol: &str, endpoint: &str) -> Option<&'a Subscription> {
    let mut all = topic.subscriptions.iter();
    all.find(|s| s.protocol == protocol && s.endpoint == endpoint)
}

fn read_attributes(input: &Input<'_>) -> Result<BTreeMap<String, String>, Fault> {
    let attributes = input.string_map("Attributes")?;
    let refused = attributes.iter().find(|(name, value)| {
        name.as_str() != "RawMessageDelivery" || !["true", "false"].contains(&value.as_str())
    });
    match refused {
        None => Ok(attributes),
        Some((name, value)) => Err(invalid(&format!(
            "Attributes Reason: `{name}` = `{value}` is not supported by this endpoint; supported here: RawMessageDelivery = true or false"
        ))),
    }
}

fn check_endpoint(protocol: &str, endpoint: &str) -> Result<(), Fault> {
    match protocol {
        "http" if !endpoint.starts_with("http://") => {
            Err(invalid("Endpoint must match the specified protocol"))
        }
        "http" if !is_loopback_url(endpoint) => Err(invalid(&format!(
            "Endpoint Reason: this endpoint delivers only to this machine (localhost, 127.0.0.1, [::1]), not to `{endpoint}`"
        ))),
        "email" if !endpoint.contains('@') => Err(invalid("Email address")),
        "http" | "email" => Ok(()),
        "https" | "email-json" | "sms" | "sqs" | "application" | "lambda" | "firehose" => {
            Err(invalid(&format!(
                "Protocol Reason: this endpoint cannot deliver by `{protocol}`; supported here: http to this machine, and email, which stays unconfirmed"
            )))
        }
        _ => Err(invalid(&format!(
            "Amazon SNS does not support this protocol string: {protocol}"
        ))),
    }
}

/// SNS's tokens are long hexadecimal texts.
fn token(cx: &mut Context<'_>) -> String {
    let mut next = || cx.account.ids.next("sns-token", cx.now).replace('-', "");
    format!("{}{}", next(), next())
}
