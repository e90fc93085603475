use super::{CloudError, Session};

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
}
