use std::collections::BTreeSet;

use aws_sdk_budgets::types::{NotificationWithSubscribers, ResourceTag};

use super::CloudError;
use super::budget_shapes::{all_of, budget, notification, subscriber, unbuilt};
use super::cloud::{AwsCloud, SUITE_TAG};
use crate::iam::{APPLY, Action, On};
use crate::provision::Resource;
use crate::provision::resources::{BudgetResource, BudgetSubscriber, BudgetThreshold};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
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
