use aws_sdk_sns::types::Tag;

use super::CloudError;
use super::actions::LISTS;
use super::cloud::{AwsCloud, SUITE_TAG};
use super::side_by_side::side_by_side;
use crate::iam::{APPLY, Action, On, PLAN};
use crate::provision::resources::TopicResource;
use crate::provision::{Observed, Resource, Scope};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new("list_topics", "sns:ListTopics", On::Everything(LISTS), PLAN),
    Action::new(
        "list_tags_for_resource",
        "sns:ListTagsForResource",
        On::Topics,
        PLAN,
    ),
    Action::new("create_topic", "sns:CreateTopic", On::Topics, APPLY),
    // With tags.
    Action::new("create_topic", "sns:TagResource", On::Topics, APPLY),
];

impl AwsCloud {
    pub(super) async fn observe_topics(
        &self,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let client = self.session.sns();
        let mut topics = client.list_topics().into_paginator().items().send();
        let mut arns = Vec::new();
        while let Some(topic) = topics.next().await {
            let topic = topic.map_err(|e| CloudError::from_sdk("ListTopics", "sns", &e))?;
            let arn = topic.topic_arn().unwrap_or_default();
            let name = arn.rsplit(':').next().unwrap_or_default();
            let resource = Resource::Topic(TopicResource {
                name: name.to_owned(),
            });
            let is_wanted = scope.desired.resources.contains_key(&resource.address());
            if is_wanted || name.starts_with(scope.prefix) {
                arns.push((arn.to_owned(), resource));
            }
        }
        let tags = arns.iter().map(|(arn, _)| self.topic_tag(arn)).collect();
        let tags = side_by_side(tags).await?;
        for ((_, resource), tag) in arns.into_iter().zip(tags) {
            observed.insert(resource, self.ownership(tag.as_deref()), None);
        }
        Ok(())
    }

    async fn topic_tag(&self, arn: &str) -> Result<Option<String>, CloudError> {
        let answer = self
            .session
            .sns()
            .list_tags_for_resource()
            .resource_arn(arn)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("ListTagsForResource", arn, &e))?;
        let tag = answer.tags().iter().find(|tag| tag.key() == SUITE_TAG);
        Ok(tag.map(|tag| tag.value().to_owned()))
    }

    pub(super) async fn create_topic(&self, topic: &TopicResource) -> Result<(), CloudError> {
        let refused = |reason: &dyn std::fmt::Display| {
            CloudError::local("CreateTopic", &topic.name, reason.to_string())
        };
        let tag = Tag::builder().key(SUITE_TAG).value(&self.suite).build();
        self.session
            .sns()
            .create_topic()
            .name(&topic.name)
            .tags(tag.map_err(|e| refused(&e))?)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("CreateTopic", &topic.name, &e))?;
        Ok(())
    }
}
