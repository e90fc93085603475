use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_budgets::types::ResourceTag;

use super::CloudError;
use super::budget_shapes::{resource, threshold};
use super::cloud::{AwsCloud, SUITE_TAG};
use crate::iam::{Action, On, PLAN};
use crate::provision::resources::{BudgetSubscriber, BudgetThreshold};
use crate::provision::{Observed, Ownership, Resource, Scope};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new("describe_budgets", "budgets:ViewBudget", On::Budgets, PLAN),
    Action::new(
        "describe_notifications_for_budget",
        "budgets:ViewBudget",
        On::Budgets,
        PLAN,
    ),
    Action::new(
        "describe_subscribers_for_notification",
        "budgets:ViewBudget",
        On::Budgets,
        PLAN,
    ),
    Action::new(
        "list_tags_for_resource",
        "budgets:ListTagsForResource",
        On::Budgets,
        PLAN,
    ),
];

impl AwsCloud {
    /// The budgets under the suite's prefix and those that are its own, where it declares or has one: their API is not
    /// open to everybody who plans alarms.
    pub(super) async fn observe_budgets(
        &self,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let is_budget = |resource: &Resource| matches!(resource, Resource::Budget(_));
        let is_declared = scope.desired.resources.values().any(is_budget);
        if !is_declared
            && self
                .claims
                .below(&self.place.budget_arn(""))
                .next()
                .is_none()
        {
            return Ok(());
        }
        let budgets = self.session.budgets();
        let request = budgets.describe_budgets().account_id(&self.place.account);
        let mut pages = request.into_paginator().items().send();
        while let Some(budget) = pages.next().await {
            let budget =
                budget.map_err(|e| CloudError::from_sdk("DescribeBudgets", "budgets", &e))?;
            let name = budget.budget_name();
            if !name.starts_with(scope.prefix) && !self.claims.has(&self.place.budget_arn(name)) {
                continue;
            }
            let ownership = self.budget_ownership(name).await?;
            let mut resource = resource(&budget);
            if !matches!(ownership, Ownership::Foreign(_)) {
                resource.notifications = self.budget_notifications(&resource.name).await?;
            }
            observed.insert(Resource::Budget(resource), ownership, None);
        }
        Ok(())
    }

    async fn budget_ownership(&self, name: &str) -> Result<Ownership, CloudError> {
        let arn = self.place.budget_arn(name);
        if self.claims.has(&arn) {
            return Ok(Ownership::Ours);
        }
        let budgets = self.session.budgets();
        let answer = budgets
            .list_tags_for_resource()
            .resource_arn(arn)
            .send()
            .await;
        let answer = answer.map_err(|e| CloudError::from_sdk("ListTagsForResource", name, &e))?;
        let tag = answer
            .resource_tags()
            .iter()
            .find(|tag| tag.key() == SUITE_TAG);
        Ok(self.ownership(tag.map(ResourceTag::value)))
    }

    async fn budget_notifications(
        &self,
        name: &str,
    ) -> Result<BTreeMap<BudgetThreshold, BTreeSet<BudgetSubscriber>>, CloudError> {
        let budgets = self.session.budgets();
        let request = budgets.describe_notifications_for_budget();
        let request = request.account_id(&self.place.account).budget_name(name);
        let mut pages = request.into_paginator().items().send();
        let mut all = BTreeMap::new();
        while let Some(found) = pages.next().await {
            let found = found
                .map_err(|e| CloudError::from_sdk("DescribeNotificationsForBudget", name, &e))?;
            let request = budgets.describe_subscribers_for_notification();
            let request = request.account_id(&self.place.account).budget_name(name);
            let mut told = request
                .notification(found.clone())
                .into_paginator()
                .items()
                .send();
            let mut subscribers = BTreeSet::new();
            while let Some(one) = told.next().await {
                let one = one.map_err(|e| {
                    CloudError::from_sdk("DescribeSubscribersForNotification", name, &e)
                })?;
                subscribers.insert(BudgetSubscriber {
                    kind: one.subscription_type().as_str().to_owned(),
                    address: one.address().to_owned(),
                });
            }
            all.insert(threshold(&found), subscribers);
        }
        Ok(all)
    }
}
