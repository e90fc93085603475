use super::{Account, Subscription, Topic};
use crate::base::Millis;

/// What kind of SNS message it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryKind {
    /// A published message.
    Notification,
    /// The token that a new HTTP subscriber must send back.
    SubscriptionConfirmation,
    /// What a subscriber hears when it is gone.
    UnsubscribeConfirmation,
}

/// A message to be sent to one subscriber.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Its kind.
    pub kind: DeliveryKind,
    /// UUID-shaped; the same for all subscribers of one publication.
    pub message_id: String,
    /// The topic.
    pub topic_arn: String,
    /// The subscriber, as it was at that moment: protocol, endpoint, token, attributes.
    pub subscription: Subscription,
    /// The subject, where there is one.
    pub subject: Option<String>,
    /// The message.
    pub message: String,
    /// When it was published.
    pub timestamp: Millis,
}

impl Account {
    /// Publishes to a topic: one delivery in the outbox for each confirmed subscription. Returns the
    /// message's id; `None` where there is no such topic.
    pub fn publish(
        &mut self,
        topic_arn: &str,
        subject: Option<&str>,
        message: &str,
        now: Millis,
    ) -> Option<String> {
        let topic = self.topics.get(topic_arn)?;
        let message_id = self.ids.next("sns-message", now);
        let delivery = |subscription: &Subscription| Delivery {
            kind: DeliveryKind::Notification,
            message_id: message_id.clone(),
            topic_arn: topic_arn.into(),
            subscription: subscription.clone(),
            subject: subject.map(Into::into),
            message: message.into(),
            timestamp: now,
        };
        self.outbox.extend(confirmed(topic).map(delivery));
        Some(message_id)
    }
}

fn confirmed(topic: &Topic) -> impl Iterator<Item = &Subscription> {
    topic.subscriptions.iter().filter(|s| s.confirmed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_776_679_200_000);
    const ARN: &str = "arn:aws:sns:us-east-1:000000000000:alerts";

    fn subscription(endpoint: &str, confirmed: bool) -> Subscription {
        Subscription {
            arn: format!("{ARN}:{endpoint}"),
            protocol: "http".into(),
            endpoint: endpoint.into(),
            owner: "000000000000".into(),
            token: "t".into(),
            confirmed,
            attributes: Default::default(),
        }
    }

    #[test]
    fn only_confirmed_subscriptions_receive_a_message() {
        let mut account = Account::new("000000000000", "us-east-1");
        account.topics.put(Topic {
            arn: ARN.into(),
            name: "alerts".into(),
            subscriptions: vec![subscription("a", true), subscription("b", false)],
            ..Topic::default()
        });
        let id = account.publish(ARN, Some("subject"), "text", NOW);
        let sent: Vec<_> = account
            .outbox
            .iter()
            .map(|d| d.subscription.endpoint.as_str())
            .collect();
        assert_eq!(sent, ["a"]);
        assert_eq!(account.outbox.first().map(|d| d.message_id.clone()), id);
    }

    #[test]
    fn publishing_to_an_unknown_topic_sends_nothing() {
        let mut account = Account::new("000000000000", "us-east-1");
        assert_eq!(account.publish(ARN, None, "text", NOW), None);
        assert!(account.outbox.is_empty());
    }
}
