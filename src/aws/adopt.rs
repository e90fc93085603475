use belfry_engine::catalog::quoted_text;

use super::CloudError;
use super::athena_statements::Within;
use super::athena_tables::inside;
use super::cloud::{AwsCloud, SUITE_TAG};
use super::topics::sns_tag;
use crate::iam::{APPLY, Action, BY_HAND, On};
use crate::provision::{Address, Desired, Observed, Ownership, Resource};

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
    Action::new("tag_resource", "athena:TagResource", On::Workgroup, BY_HAND),
    Action::new("tag_resource", "budgets:TagResource", On::Budgets, BY_HAND),
];

impl AwsCloud {
    /// Makes a resource that nobody owns the suite's, by its tag. One that came to belong to somebody since it
    /// was looked at is refused. What the suite wants says where statements of Athena are run.
    pub async fn adopt(&self, resource: &Resource, desired: &Desired) -> Result<(), CloudError> {
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
            Resource::Workgroup(_) => self.adopt_workgroup(name).await,
            Resource::Database(database) => {
                let text = format!(
                    "ALTER DATABASE `{name}` SET DBPROPERTIES ({})",
                    self.suite_property()
                );
                let within = Within::workgroup(&database.workgroup);
                self.adopt_in_catalog(within, &text, &address, desired)
                    .await
            }
            Resource::Table(table) => {
                let text = format!(
                    "ALTER TABLE `{}` SET TBLPROPERTIES ({})",
                    table.name,
                    self.suite_property()
                );
                self.adopt_in_catalog(inside(table), &text, &address, desired)
                    .await
            }
            Resource::Budget(_) => self.adopt_budget(name).await,
            Resource::LoadBalancer(_) => self.adopt_load_balancer(name).await,
            // By their names they are the suite's or nobody's business.
            Resource::Subscription(_) | Resource::Query(_) | Resource::NamedQuery(_) => {
                Err(CloudError::local(
                    "adopt",
                    address.to_string(),
                    "resources of this kind carry no tag: their names say whose they are",
                ))
            }
        }
    }

    /// `'belfry:suite'='NAME'`, as databases and tables carry it.
    fn suite_property(&self) -> String {
        format!("{}={}", quoted_text(SUITE_TAG), quoted_text(&self.suite))
    }

    async fn adopt_workgroup(&self, name: &str) -> Result<(), CloudError> {
        let tag = aws_sdk_athena::types::Tag::builder();
        let tag = tag.key(SUITE_TAG).value(&self.suite).build();
        let athena = self.session.athena();
        let request = athena.tag_resource().tags(tag);
        let request = request.resource_arn(self.place.workgroup_arn(name));
        let answer = request.send().await;
        answer.map_err(|e| CloudError::from_sdk("TagResource", name, &e))?;
        Ok(())
    }

    /// Runs a statement that marks a database or a table: in the suite's workgroup or, while that is not there, in the one
    /// that every account has; results then go where the suite wants them.
    async fn adopt_in_catalog(
        &self,
        within: Within<'_>,
        text: &str,
        address: &Address,
        desired: &Desired,
    ) -> Result<(), CloudError> {
        let results = desired.resources.values().find_map(|wanted| match wanted {
            Resource::Workgroup(workgroup) => workgroup.results.as_deref(),
            _ => None,
        });
        let mut observed = Observed::default();
        self.observe_workgroup(within.workgroup, &mut observed)
            .await?;
        // One that has no place for results yet takes no statements.
        let takes_statements = observed.resources.values().any(|found| {
            matches!(&found.resource, Resource::Workgroup(found) if found.results.is_some())
        });
        let within = match takes_statements {
            true => within,
            false => Within {
                workgroup: "primary",
                output: results,
                ..within
            },
        };
        self.run_statement(within, text, &address.to_string()).await
    }

    async fn adopt_budget(&self, name: &str) -> Result<(), CloudError> {
        let tag = aws_sdk_budgets::types::ResourceTag::builder();
        let tag = tag.key(SUITE_TAG).value(&self.suite).build();
        let tag = tag.map_err(|e| CloudError::local("TagResource", name, e.to_string()))?;
        let budgets = self.session.budgets();
        let request = budgets.tag_resource().resource_tags(tag);
        let request = request.resource_arn(self.place.budget_arn(name));
        let answer = request.send().await;
        answer.map_err(|e| CloudError::from_sdk("TagResource", name, &e))?;
        Ok(())
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
