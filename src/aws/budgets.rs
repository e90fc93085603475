use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_budgets::types::{
    Budget, BudgetType, ComparisonOperator, Notification, NotificationType,
    NotificationWithSubscribers, ResourceTag, Spend, Subscriber, SubscriptionType, ThresholdType,
    TimeUnit,
};

use super::CloudError;
use super::cloud::{AwsCloud, SUITE_TAG};
use crate::iam::{APPLY, Action, On, PLAN};
use crate::provision::resources::{BudgetResource, BudgetSubscriber, BudgetThreshold};
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
    Action::new("create_budget", "budgets:ModifyBudget", On::Budgets, APPLY),
    // With tags.
    Action::new("create_budget", "budgets:TagResource", On::Budgets, APPLY),
    Action::new("update_budget", "budgets:ModifyBudget", On::Budgets, APPLY),
    Action::new("delete_budget", "budgets:ModifyBudget", On::Budgets, APPLY),
    Action::new(
        "create_notification",
        "budgets:ModifyBudget",
        On::Budgets,
        APPLY,
    ),
    Action::new(
        "delete_notification",
        "budgets:ModifyBudget",
        On::Budgets,
        APPLY,
    ),
    Action::new(
        "create_subscriber",
        "budgets:ModifyBudget",
        On::Budgets,
        APPLY,
    ),
    Action::new(
        "delete_subscriber",
        "budgets:ModifyBudget",
        On::Budgets,
        APPLY,
    ),
];

impl AwsCloud {
    /// The budgets under the suite's prefix, where the suite declares one: their API is not open to everybody who
    /// plans alarms.
    pub(super) async fn observe_budgets(
        &self,
        scope: &Scope<'_>,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let is_budget = |resource: &Resource| matches!(resource, Resource::Budget(_));
        if !scope.desired.resources.values().any(is_budget) {
            return Ok(());
        }
        let budgets = self.session.budgets();
        let request = budgets.describe_budgets().account_id(&self.place.account);
        let mut pages = request.into_paginator().items().send();
        while let Some(budget) = pages.next().await {
            let budget =
                budget.map_err(|e| CloudError::from_sdk("DescribeBudgets", "budgets", &e))?;
            if !budget.budget_name().starts_with(scope.prefix) {
                continue;
            }
            let mut resource = resource(&budget);
            let ownership = self.budget_ownership(budget.budget_name()).await?;
            if !matches!(ownership, Ownership::Foreign(_)) {
                resource.notifications = self.budget_notifications(&resource.name).await?;
            }
            observed.insert(Resource::Budget(resource), ownership, None);
        }
        Ok(())
    }

    async fn budget_ownership(&self, name: &str) -> Result<Ownership, CloudError> {
        let arn = format!(
            "arn:{}:budgets::{}:budget/{name}",
            self.place.partition, self.place.account
        );
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

    /// Creates the budget with its notifications at once; or updates it, which leaves notifications alone, and then
    /// those that differ: new ones first, so that there is always somebody who is told.
    pub(super) async fn put_budget(
        &self,
        wanted: &BudgetResource,
        before: Option<&Resource>,
    ) -> Result<(), CloudError> {
        let Some(Resource::Budget(before)) = before else {
            return self.create_budget(wanted).await;
        };
        let alike = BudgetResource {
            notifications: before.notifications.clone(),
            ..wanted.clone()
        };
        if alike != *before {
            let budgets = self.session.budgets();
            let request = budgets.update_budget().account_id(&self.place.account);
            let updated = request.new_budget(budget(wanted)?).send().await;
            updated.map_err(|e| CloudError::from_sdk("UpdateBudget", &wanted.name, &e))?;
        }
        for (key, subscribers) in &wanted.notifications {
            match before.notifications.get(key) {
                None => {
                    self.create_notification(&wanted.name, key, subscribers)
                        .await?;
                }
                Some(there) => {
                    self.change_subscribers(&wanted.name, key, there, subscribers)
                        .await?;
                }
            }
        }
        for key in before
            .notifications
            .keys()
            .filter(|key| !wanted.notifications.contains_key(key))
        {
            let budgets = self.session.budgets();
            let request = budgets
                .delete_notification()
                .account_id(&self.place.account);
            let request = request
                .budget_name(&wanted.name)
                .notification(notification(&wanted.name, key)?);
            let gone = request.send().await;
            gone.map_err(|e| CloudError::from_sdk("DeleteNotification", &wanted.name, &e))?;
        }
        Ok(())
    }

    async fn create_budget(&self, wanted: &BudgetResource) -> Result<(), CloudError> {
        let tag = ResourceTag::builder()
            .key(SUITE_TAG)
            .value(&self.suite)
            .build();
        let mut notifications = Vec::new();
        for (key, subscribers) in &wanted.notifications {
            let with = NotificationWithSubscribers::builder()
                .notification(notification(&wanted.name, key)?)
                .set_subscribers(Some(all_of(&wanted.name, subscribers)?));
            notifications.push(with.build().map_err(|e| unbuilt(&wanted.name, &e))?);
        }
        let budgets = self.session.budgets();
        let request = budgets
            .create_budget()
            .account_id(&self.place.account)
            .budget(budget(wanted)?);
        let request = request.set_notifications_with_subscribers(Some(notifications));
        let request = request.resource_tags(tag.map_err(|e| unbuilt(&wanted.name, &e))?);
        let made = request.send().await;
        made.map_err(|e| CloudError::from_sdk("CreateBudget", &wanted.name, &e))?;
        Ok(())
    }

    async fn create_notification(
        &self,
        budget: &str,
        key: &BudgetThreshold,
        subscribers: &BTreeSet<BudgetSubscriber>,
    ) -> Result<(), CloudError> {
        let budgets = self.session.budgets();
        let request = budgets
            .create_notification()
            .account_id(&self.place.account)
            .budget_name(budget);
        let request = request.notification(notification(budget, key)?);
        let made = request
            .set_subscribers(Some(all_of(budget, subscribers)?))
            .send()
            .await;
        made.map_err(|e| CloudError::from_sdk("CreateNotification", budget, &e))?;
        Ok(())
    }

    /// Subscribers come before others go. Where all of them change, or the one topic, the notification is made anew.
    async fn change_subscribers(
        &self,
        budget: &str,
        key: &BudgetThreshold,
        before: &BTreeSet<BudgetSubscriber>,
        wanted: &BTreeSet<BudgetSubscriber>,
    ) -> Result<(), CloudError> {
        if before == wanted {
            return Ok(());
        }
        if wanted.difference(before).any(|s| s.kind == "SNS")
            && before.iter().any(|s| s.kind == "SNS")
            || before.is_disjoint(wanted)
        {
            // There is room for one topic, and the last subscriber takes the notification along.
            let budgets = self.session.budgets();
            let request = budgets
                .delete_notification()
                .account_id(&self.place.account);
            let request = request
                .budget_name(budget)
                .notification(notification(budget, key)?);
            request
                .send()
                .await
                .map_err(|e| CloudError::from_sdk("DeleteNotification", budget, &e))?;
            return self.create_notification(budget, key, wanted).await;
        }
        let budgets = self.session.budgets();
        for added in wanted.difference(before) {
            let request = budgets
                .create_subscriber()
                .account_id(&self.place.account)
                .budget_name(budget);
            let request = request.notification(notification(budget, key)?);
            let made = request.subscriber(subscriber(budget, added)?).send().await;
            made.map_err(|e| CloudError::from_sdk("CreateSubscriber", budget, &e))?;
        }

        for removed in before.difference(wanted) {
            let request = budgets
                .delete_subscriber()
                .account_id(&self.place.account)
                .budget_name(budget);
            let request = request.notification(notification(budget, key)?);
            let gone = request
                .subscriber(subscriber(budget, removed)?)
                .send()
                .await;
            gone.map_err(|e| CloudError::from_sdk("DeleteSubscriber", budget, &e))?;
        }
        Ok(())
    }

    pub(super) async fn delete_budget(&self, name: &str) -> Result<(), CloudError> {
        let budgets = self.session.budgets();
        let request = budgets
            .delete_budget()
            .account_id(&self.place.account)
            .budget_name(name);
        let answer = request
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("DeleteBudget", name, &e));
        match answer {
            Err(error) if error.is_not_found() => Ok(()),
            answer => answer.map(drop),
        }
    }
}

fn unbuilt(name: &str, error: &dyn std::fmt::Display) -> CloudError {
    CloudError::local("CreateBudget", name, error.to_string())
}

#[expect(
    deprecated,
    reason = "CostFilters are what the console of budgets still writes, and what DescribeBudgets shows without asking"
)]
fn resource(budget: &Budget) -> BudgetResource {
    let limit = budget
        .budget_limit()
        .map(|limit| BudgetResource::limit(limit.amount(), limit.unit()));
    let filters = budget.cost_filters().cloned().unwrap_or_default();
    let filters = filters.into_iter().map(|(name, mut values)| {
        values.sort();
        (name, values)
    });
    let mut other = BTreeMap::new();
    if budget.auto_adjust_data().is_some() {
        other.insert("AutoAdjustData".to_owned(), "set".to_owned());
    }
    if budget
        .planned_budget_limits()
        .is_some_and(|limits| !limits.is_empty())
    {
        other.insert("PlannedBudgetLimits".to_owned(), "set".to_owned());
    }
    BudgetResource {
        name: budget.budget_name().to_owned(),
        kind: budget.budget_type().as_str().to_owned(),
        limit: limit.unwrap_or_default(),
        period: budget.time_unit().as_str().to_owned(),
        filters: filters.collect(),
        notifications: BTreeMap::new(),
        other,
    }
}

#[expect(deprecated, reason = "as above")]
fn budget(wanted: &BudgetResource) -> Result<Budget, CloudError> {
    let (amount, unit) = wanted
        .limit
        .split_once(' ')
        .unwrap_or((&wanted.limit, "USD"));
    let limit = Spend::builder().amount(amount).unit(unit).build();
    let filters =
        (!wanted.filters.is_empty()).then(|| wanted.filters.clone().into_iter().collect());
    Budget::builder()
        .budget_name(&wanted.name)
        .budget_type(BudgetType::from(wanted.kind.as_str()))
        .time_unit(TimeUnit::from(wanted.period.as_str()))
        .budget_limit(limit.map_err(|e| unbuilt(&wanted.name, &e))?)
        .set_cost_filters(filters)
        .build()
        .map_err(|e| unbuilt(&wanted.name, &e))
}

fn threshold(notification: &Notification) -> BudgetThreshold {
    let kind = notification
        .threshold_type()
        .map_or("PERCENTAGE", ThresholdType::as_str);
    BudgetThreshold {
        kind: notification.notification_type().as_str().to_owned(),
        comparison: notification.comparison_operator().as_str().to_owned(),
        threshold: notification.threshold().to_string(),
        threshold_kind: kind.to_owned(),
    }
}

fn notification(budget: &str, key: &BudgetThreshold) -> Result<Notification, CloudError> {
    Notification::builder()
        .notification_type(NotificationType::from(key.kind.as_str()))
        .comparison_operator(ComparisonOperator::from(key.comparison.as_str()))
        .threshold(key.threshold.parse().unwrap_or_default())
        .threshold_type(ThresholdType::from(key.threshold_kind.as_str()))
        .build()
        .map_err(|e| unbuilt(budget, &e))
}

fn subscriber(budget: &str, told: &BudgetSubscriber) -> Result<Subscriber, CloudError> {
    Subscriber::builder()
        .subscription_type(SubscriptionType::from(told.kind.as_str()))
        .address(&told.address)
        .build()
        .map_err(|e| unbuilt(budget, &e))
}

fn all_of(budget: &str, told: &BTreeSet<BudgetSubscriber>) -> Result<Vec<Subscriber>, CloudError> {
    told.iter().map(|one| subscriber(budget, one)).collect()
}
