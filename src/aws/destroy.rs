use super::CloudError;
use super::cloud::AwsCloud;
use crate::iam::{Action, BY_HAND, On};
use crate::provision::resources::TopicResource;

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "delete_log_group",
        "logs:DeleteLogGroup",
        On::OwnLogGroupsBeside,
        BY_HAND,
    ),
    Action::new("delete_topic", "sns:DeleteTopic", On::Topics, BY_HAND),
    Action::new(
        "list_subscriptions_by_topic",
        "sns:ListSubscriptionsByTopic",
        On::Topics,
        BY_HAND,
    ),
];

impl AwsCloud {
    /// With all its events. Only a destruction that names the group comes here.
    pub(super) async fn delete_log_group(&self, name: &str) -> Result<(), CloudError> {
        let request = self.session.logs().delete_log_group().log_group_name(name);
        let answer = request.send().await;
        let answer = answer.map_err(|e| CloudError::from_sdk("DeleteLogGroup", name, &e));
        match answer {
            Err(error) if error.is_not_found() => Ok(()),
            answer => answer.map(drop),
        }
    }

    /// With all its subscriptions. Only a destruction that names the topic, or finds it without any, comes here.
    pub(super) async fn delete_topic(&self, name: &str) -> Result<(), CloudError> {
        let arn = self.place.topic_arn(name);
        let answer = self
            .session
            .sns()
            .delete_topic()
            .topic_arn(arn)
            .send()
            .await;
        answer.map_err(|e| CloudError::from_sdk("DeleteTopic", name, &e))?;
        Ok(())
    }

    /// How many subscriptions a topic has, those that were never confirmed among them.
    pub async fn subscriptions(&self, topic: &TopicResource) -> Result<usize, CloudError> {
        let there = self.at(topic.region.as_deref());
        let topic = topic.name.as_str();
        let sns = there.session.sns();
        let request = sns.list_subscriptions_by_topic();
        let request = request.topic_arn(there.place.topic_arn(topic));
        let mut pages = request.into_paginator().send();
        let mut count = 0;
        while let Some(page) = pages.next().await {
            let page =
                page.map_err(|e| CloudError::from_sdk("ListSubscriptionsByTopic", topic, &e))?;
            // One that was ended is still listed for some days.
            let all = page.subscriptions().iter();
            count += all
                .filter(|s| s.subscription_arn() != Some("Deleted"))
                .count();
        }
        Ok(count)
    }
}
