use super::CloudError;
use super::cloud::{AwsCloud, SUITE_TAG};
use super::topics::sns_tag;
use crate::iam::{APPLY, Action, BY_HAND, On};
use crate::provision::{Ownership, Resource};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    // Also whenever a metric filter is written: its group's tag says whose it is.
    Action::new("tag_resource", "logs:TagResource", On::LogGroups, APPLY),
    Action::new(
        "tag_resource",
        "cloudwatch:TagResource",
        On::AlarmsAndDashboards,
        BY_HAND,
    ),
    Action::new(
        "tag_resource",
        "cloudwatch:TagResource",
        On::MuteRules,
        BY_HAND,
    ),
    Action::new("tag_resource", "sns:TagResource", On::Topics, BY_HAND),
];

impl AwsCloud {
    /// Makes a resource that nobody owns the suite's, by its tag. One that came to belong to somebody since it
    /// was looked at is refused.
    pub async fn adopt(&self, resource: &Resource) -> Result<(), CloudError> {
        let address = resource.address();
        if let Some(now) = self.current(resource, None).await?
            && let Ownership::Foreign(reason) = now.ownership
        {
            return Err(CloudError::local("adopt", address.to_string(), reason));
        }
        let name = address.name.as_str();
        match resource {
            Resource::Topic(topic) => {
                let there = self.at(topic.region.as_deref());
                there.adopt_topic(&topic.name).await
            }
            Resource::Bucket(_) => self.adopt_bucket(name).await,
            Resource::LogGroup(_) => self.tag_log_group(name, SUITE_TAG).await,
            Resource::MetricFilter(filter) => self.claim_filter(filter).await,
            Resource::Alarm(alarm) => {
                let there = self.at(alarm.region.as_deref());
                let arn = there.place.alarm_arn(&alarm.name);
                there.adopt_in_cloudwatch(&arn).await
            }
            Resource::CompositeAlarm(_) | Resource::LogAlarm(_) => {
                self.adopt_in_cloudwatch(&self.place.alarm_arn(name)).await
            }
            Resource::MuteRule(_) => {
                self.adopt_in_cloudwatch(&self.place.mute_rule_arn(name))
                    .await
            }
            Resource::Dashboard(_) => {
                self.adopt_in_cloudwatch(&self.place.dashboard_arn(name))
                    .await
            }
            _ => Err(CloudError::local(
                "adopt",
                address.to_string(),
                "resources of this kind are not taken over by a tag",
            )),
        }
    }

    async fn adopt_in_cloudwatch(&self, arn: &str) -> Result<(), CloudError> {
        let request = self.session.cloudwatch().tag_resource().resource_arn(arn);
        let answer = request.tags(self.suite_tag()).send().await;
        answer.map_err(|e| CloudError::from_sdk("TagResource", arn, &e))?;
        Ok(())
    }

    pub(super) async fn tag_log_group(&self, name: &str, key: &str) -> Result<(), CloudError> {
        let request = self.session.logs().tag_resource();
        let request = request.resource_arn(self.place.log_group_arn(name));
        let answer = request.tags(key, &self.suite).send().await;
        answer.map_err(|e| CloudError::from_sdk("TagResource", name, &e))?;
        Ok(())
    }

    async fn adopt_topic(&self, name: &str) -> Result<(), CloudError> {
        let tag = sns_tag("TagResource", name, SUITE_TAG, &self.suite)?;
        let request = self.session.sns().tag_resource().tags(tag);
        let answer = request
            .resource_arn(self.place.topic_arn(name))
            .send()
            .await;
        answer.map_err(|e| CloudError::from_sdk("TagResource", name, &e))?;
        Ok(())
    }
}
