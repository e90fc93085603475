use aws_sdk_sns::types::Tag;

use super::CloudError;
use super::actions::LISTS;
use super::cloud::AwsCloud;
use super::topics::sns_tag;
use crate::iam::{APPLY, Action, On, PLAN};
use crate::provision::resources::SubscriptionResource;
use crate::provision::{Observed, Ownership, Resource, Scope};

/// Begins the key of a topic's tag for each subscription that the suite made; the rest is its fingerprint.
const TAG: &str = "belfry:subscription:";

/// In place of the ARN of a subscription that SNS has asked to be confirmed.
const PENDING: &str = "PendingConfirmation";
/// In place of that of one that was ended.
const DELETED: &str = "Deleted";

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "list_subscriptions_by_topic",
        "sns:ListSubscriptionsByTopic",
        On::Topics,
        PLAN,
    ),
    Action::new("tag_resource", "sns:TagResource", On::Topics, APPLY),
    Action::new("subscribe", "sns:Subscribe", On::Topics, APPLY),
    Action::new(
        "unsubscribe",
        "sns:Unsubscribe",
        On::Everything(LISTS),
        APPLY,
    ),
    Action::new("untag_resource", "sns:UntagResource", On::Topics, APPLY),
];

impl AwsCloud {
    /// The subscriptions of one of our topics. One that the suite declares is ours whoever made it: there is
    /// nothing about it to change. Any other is ours if a tag of the topic says so.
    pub(super) async fn observe_subscriptions(
        &self,
        topic_arn: &str,
        topic: &str,
        tags: &[Tag],
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let sns = self.session.sns();
        let request = sns.list_subscriptions_by_topic().topic_arn(topic_arn);
        let mut pages = request.into_paginator().items().send();
        while let Some(found) = pages.next().await {
            let found =
                found.map_err(|e| CloudError::from_sdk("ListSubscriptionsByTopic", topic, &e))?;
            let resource = SubscriptionResource {
                topic: topic.to_owned(),
                region: self.abroad.clone(),
                protocol: found.protocol().unwrap_or_default().to_owned(),
                endpoint: found.endpoint().unwrap_or_default().to_owned(),
            };
            let endpoint = resource.shown();
            let arn = found.subscription_arn().unwrap_or_default();
            let key = format!("{TAG}{}", resource.fingerprint());
            let resource = Resource::Subscription(resource);
            let is_wanted = scope.desired.resources.contains_key(&resource.address());
            // These stand in place of an ARN. Neither can be unsubscribed, and SNS forgets both within days.
            let is_there = arn.starts_with("arn:") || is_wanted && arn != DELETED;
            if !is_there {
                continue;
            }
            if is_wanted && arn == PENDING {
                let reason = format!("nobody has confirmed it at `{endpoint}` yet");
                observed.waiting.insert(resource.address(), reason);
            }
            let is_tagged = tags.iter().any(|tag| tag.key() == key);
            let ownership = match is_wanted || is_tagged {
                true => Ownership::Ours,
                false => Ownership::Foreign("it was not made by the suite".to_owned()),
            };
            observed.insert(resource, ownership, Some(arn.to_owned()));
        }
        Ok(())
    }

    /// The topic's tag first, so that a subscription of ours is never without one.
    pub(super) async fn subscribe(
        &self,
        subscription: &SubscriptionResource,
    ) -> Result<(), CloudError> {
        let name = Resource::Subscription(subscription.clone())
            .address()
            .to_string();
        let arn = self.place.topic_arn(&subscription.topic);
        let key = format!("{TAG}{}", subscription.fingerprint());
        let tag = sns_tag("TagResource", &name, &key, &self.suite)?;
        let sns = self.session.sns();
        let tagged = sns.tag_resource().resource_arn(&arn).tags(tag).send().await;
        tagged.map_err(|e| CloudError::from_sdk("TagResource", &name, &e))?;
        self.session
            .sns()
            .subscribe()
            .topic_arn(&arn)
            .protocol(&subscription.protocol)
            .endpoint(&subscription.endpoint)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("Subscribe", &name, &e))?;
        Ok(())
    }

    /// Ends a confirmed subscription; then the topic's tag is of no use.
    pub(super) async fn end_subscription(
        &self,
        subscription: &SubscriptionResource,
        arn: Option<&str>,
    ) -> Result<(), CloudError> {
        let name = Resource::Subscription(subscription.clone())
            .address()
            .to_string();
        let sns = self.session.sns();
        if let Some(arn) = arn.filter(|arn| arn.starts_with("arn:")) {
            let ended = sns.unsubscribe().subscription_arn(arn).send().await;
            ended.map_err(|e| CloudError::from_sdk("Unsubscribe", &name, &e))?;
        }
        let key = format!("{TAG}{}", subscription.fingerprint());
        let topic = self.place.topic_arn(&subscription.topic);
        let untagged = sns.untag_resource().resource_arn(&topic).tag_keys(key);
        let untagged = untagged.send().await;
        untagged.map_err(|e| CloudError::from_sdk("UntagResource", &name, &e))?;
        Ok(())
    }
}
