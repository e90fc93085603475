use aws_sdk_sns::types::Tag;
use serde_json::Value;

use super::CloudError;
use super::actions::LISTS;
use super::cloud::{AwsCloud, SUITE_TAG};
use super::side_by_side::side_by_side;
use crate::iam::{APPLY, Action, On, PLAN};
use crate::provision::resources::{TopicResource, topic_policy};
use crate::provision::{Observed, Ownership, Resource, Scope};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new("list_topics", "sns:ListTopics", On::Everything(LISTS), PLAN),
    Action::new(
        "list_tags_for_resource",
        "sns:ListTagsForResource",
        On::Topics,
        PLAN,
    ),
    Action::new(
        "get_topic_attributes",
        "sns:GetTopicAttributes",
        On::Topics,
        PLAN,
    ),
    Action::new("create_topic", "sns:CreateTopic", On::Topics, APPLY),
    // With tags.
    Action::new("create_topic", "sns:TagResource", On::Topics, APPLY),
    Action::new(
        "set_topic_attributes",
        "sns:SetTopicAttributes",
        On::Topics,
        APPLY,
    ),
];

impl AwsCloud {
    /// The topics under the suite's prefix, those it declares and those that are its own, with the subscriptions of ours. In another
    /// region than the environment's only those it declares: another environment may live there.
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
            let resource = TopicResource {
                name: name.to_owned(),
                region: self.abroad.clone(),
                policy: Value::Null,
            };
            let address = Resource::Topic(resource.clone()).address();
            let is_wanted = scope.desired.resources.contains_key(&address);
            let is_near = name.starts_with(scope.prefix) || self.claims.has(arn);
            if is_wanted || self.abroad.is_none() && is_near {
                arns.push((arn.to_owned(), resource));
            }
        }
        let topics = arns.into_iter();
        let found = topics.map(|(arn, topic)| self.observe_topic(arn, topic, scope));
        for part in side_by_side(found.collect()).await? {
            observed.extend(part);
        }
        Ok(())
    }

    /// One topic; what is in it only where nobody else's tag says whose it is.
    pub(super) async fn observe_topic(
        &self,
        arn: String,
        mut topic: TopicResource,
        scope: &Scope<'_>,
    ) -> Result<Observed, CloudError> {
        let mut observed = Observed::default();
        let tags = self.topic_tags(&arn).await?;
        let suite = tags.iter().find(|tag| tag.key() == SUITE_TAG);
        let ownership = self.ownership(suite.map(Tag::value));
        if !matches!(ownership, Ownership::Foreign(_)) {
            topic.policy = self.topic_policy(&arn).await?;
            self.observe_subscriptions(&arn, &topic.name, &tags, scope, &mut observed)
                .await?;
        }
        observed.insert(Resource::Topic(topic), ownership, None);
        Ok(observed)
    }

    async fn topic_tags(&self, arn: &str) -> Result<Vec<Tag>, CloudError> {
        let answer = self
            .session
            .sns()
            .list_tags_for_resource()
            .resource_arn(arn)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("ListTagsForResource", arn, &e))?;
        Ok(answer.tags().to_vec())
    }

    async fn topic_policy(&self, arn: &str) -> Result<Value, CloudError> {
        let answer = self
            .session
            .sns()
            .get_topic_attributes()
            .topic_arn(arn)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("GetTopicAttributes", arn, &e))?;
        let attributes = answer.attributes();
        let text = attributes.and_then(|all| all.get("Policy"));
        let policy = text.and_then(|text| serde_json::from_str(text).ok());
        Ok(policy.map_or(Value::Null, |policy: Value| topic_policy::normal(&policy)))
    }

    /// The topic, then its policy: both can be done again. The policy stays out of CreateTopic, which refuses a
    /// topic that exists under other attributes.
    pub(super) async fn put_topic(
        &self,
        topic: &TopicResource,
        is_new: bool,
    ) -> Result<(), CloudError> {
        let arn = self.place.topic_arn(&topic.name);
        if is_new {
            let tag = sns_tag("CreateTopic", &topic.name, SUITE_TAG, &self.suite)?;
            let sns = self.session.sns();
            let request = sns.create_topic().name(&topic.name).tags(tag);
            let made = request.send().await;
            made.map_err(|e| CloudError::from_sdk("CreateTopic", &topic.name, &e))?;
        }
        self.session
            .sns()
            .set_topic_attributes()
            .topic_arn(&arn)
            .attribute_name("Policy")
            .attribute_value(topic.policy.to_string())
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("SetTopicAttributes", &topic.name, &e))?;
        Ok(())
    }
}

/// A tag of SNS.
pub(super) fn sns_tag(
    operation: &'static str,
    resource: &str,
    key: &str,
    value: &str,
) -> Result<Tag, CloudError> {
    let tag = Tag::builder().key(key).value(value).build();
    tag.map_err(|e| CloudError::local(operation, resource, e.to_string()))
}
