use super::actions::LISTS;
use super::{CloudError, Session};
use crate::iam::{Action, LOCALLY, On};

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new("subscribe", "sns:Subscribe", On::Topics, LOCALLY),
    Action::new(
        "confirm_subscription",
        "sns:ConfirmSubscription",
        On::Topics,
        LOCALLY,
    ),
    Action::new(
        "list_subscriptions_by_topic",
        "sns:ListSubscriptionsByTopic",
        On::Topics,
        LOCALLY,
    ),
    Action::new(
        "unsubscribe",
        "sns:Unsubscribe",
        On::Everything(LISTS),
        LOCALLY,
    ),
];

impl Session {
    /// Subscribes an HTTP address to a topic. SNS posts a token there, which
    /// [`Session::confirm_subscription`] sends back.
    pub async fn subscribe_http(&self, topic_arn: &str, url: &str) -> Result<(), CloudError> {
        self.sns()
            .subscribe()
            .topic_arn(topic_arn)
            .protocol("http")
            .endpoint(url)
            .send()
            .await
            .map(drop)
            .map_err(|e| CloudError::from_sdk("Subscribe", topic_arn, &e))
    }

    /// Confirms a subscription with the token that its address was sent.
    pub async fn confirm_subscription(
        &self,
        topic_arn: &str,
        token: &str,
    ) -> Result<(), CloudError> {
        self.sns()
            .confirm_subscription()
            .topic_arn(topic_arn)
            .token(token)
            .send()
            .await
            .map(drop)
            .map_err(|e| CloudError::from_sdk("ConfirmSubscription", topic_arn, &e))
    }

    /// Ends the confirmed subscriptions of a topic whose address `is_old`.
    pub async fn unsubscribe(
        &self,
        topic_arn: &str,
        is_old: impl Fn(&str) -> bool,
    ) -> Result<(), CloudError> {
        let sns = self.sns();
        let request = sns.list_subscriptions_by_topic().topic_arn(topic_arn);
        let mut pages = request.into_paginator().send();
        while let Some(page) = pages.next().await {
            let page =
                page.map_err(|e| CloudError::from_sdk("ListSubscriptionsByTopic", topic_arn, &e))?;
            for subscription in page.subscriptions() {
                let arn = subscription.subscription_arn().unwrap_or_default();
                // One that was never confirmed has no ARN, only the words `PendingConfirmation`.
                if arn.starts_with("arn:") && subscription.endpoint().is_some_and(&is_old) {
                    let gone = sns.unsubscribe().subscription_arn(arn).send().await;
                    gone.map_err(|e| CloudError::from_sdk("Unsubscribe", arn, &e))?;
                }
            }
        }
        Ok(())
    }
}
