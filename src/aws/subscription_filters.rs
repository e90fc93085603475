use super::CloudError;
use super::cloud::AwsCloud;
use super::side_by_side::side_by_side;
use crate::iam::{Action, On, PLAN};
use crate::provision::{Child, Observed, Ownership, Resource};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[Action::new(
    "describe_subscription_filters",
    "logs:DescribeSubscriptionFilters",
    On::LogGroupsBeside,
    PLAN,
)];

impl AwsCloud {
    /// What somebody attached to the suite's log groups that no suite declares: their subscription filters,
    /// which send every event elsewhere.
    pub async fn children(&self, observed: &Observed) -> Result<Vec<Child>, CloudError> {
        let ours = observed.resources.values();
        let ours = ours.filter(|found| found.ownership == Ownership::Ours);
        let groups = ours.filter_map(|found| match &found.resource {
            // Other classes have none, and AWS refuses to be asked for them.
            Resource::LogGroup(group) if group.is_standard() => {
                Some(self.subscription_filters(&group.name))
            }
            _ => None,
        });
        Ok(side_by_side(groups.collect())
            .await?
            .into_iter()
            .flatten()
            .collect())
    }

    async fn subscription_filters(&self, group: &str) -> Result<Vec<Child>, CloudError> {
        let client = self.session.logs();
        let request = client.describe_subscription_filters().log_group_name(group);
        let mut filters = request.into_paginator().items().send();
        let mut found = Vec::new();
        while let Some(filter) = filters.next().await {
            let filter = filter
                .map_err(|e| CloudError::from_sdk("DescribeSubscriptionFilters", group, &e))?;
            let name = filter.filter_name().unwrap_or_default();
            let destination = filter.destination_arn().unwrap_or_default();
            let pattern = filter.filter_pattern().unwrap_or_default();
            let events = match pattern {
                "" => "all events".to_owned(),
                pattern => format!("events that match `{pattern}`"),
            };
            found.push(Child {
                address: format!("subscription_filter.{group}:{name}"),
                reason: format!("it sends {events} to {destination}"),
            });
        }
        Ok(found)
    }
}
