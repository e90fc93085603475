use std::collections::BTreeMap;

/// One endpoint that a topic's messages go to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// `TOPIC-ARN:UUID`.
    pub arn: String,
    /// `http`, `https`, `email`, `sqs`, …
    pub protocol: String,
    /// Where messages go.
    pub endpoint: String,
    /// The account that subscribed.
    pub owner: String,
    /// What ConfirmSubscription must bring.
    pub token: String,
    /// Only a confirmed subscription receives notifications.
    pub confirmed: bool,
    /// `RawMessageDelivery`, `FilterPolicy`, … as they were set.
    pub attributes: BTreeMap<String, String>,
}

/// An SNS topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topic {
    /// `arn:aws:sns:REGION:ACCOUNT:NAME`.
    pub arn: String,
    /// The last part of its ARN.
    pub name: String,
    /// `DisplayName`, `Policy`, … as they were set.
    pub attributes: BTreeMap<String, String>,
    /// In order of subscribing.
    pub subscriptions: Vec<Subscription>,
}

/// All topics by ARN. Tags are in the account's [`TagStore`](super::TagStore).
#[derive(Clone, Debug, Default)]
pub struct TopicStore {
    topics: BTreeMap<String, Topic>,
}

impl TopicStore {
    /// Creates or replaces a topic.
    pub fn put(&mut self, topic: Topic) {
        self.topics.insert(topic.arn.clone(), topic);
    }

    /// One topic.
    pub fn get(&self, arn: &str) -> Option<&Topic> {
        self.topics.get(arn)
    }

    /// One topic, to change it.
    pub fn get_mut(&mut self, arn: &str) -> Option<&mut Topic> {
        self.topics.get_mut(arn)
    }

    /// Removes a topic with its subscriptions; whether it was there.
    pub fn delete(&mut self, arn: &str) -> bool {
        self.topics.remove(arn).is_some()
    }

    /// All topics in order of their ARNs.
    pub fn all(&self) -> impl Iterator<Item = &Topic> {
        self.topics.values()
    }

    /// A subscription with its topic.
    pub fn subscription(&self, arn: &str) -> Option<(&Topic, &Subscription)> {
        let found = |topic| -> Option<(&Topic, &Subscription)> {
            let topic: &Topic = topic;
            let subscription = topic.subscriptions.iter().find(|s| s.arn == arn)?;
            Some((topic, subscription))
        };
        self.topics.values().find_map(found)
    }

    /// A subscription, to change it.
    pub fn subscription_mut(&mut self, arn: &str) -> Option<&mut Subscription> {
        let mut all = self.topics.values_mut().flat_map(|t| &mut t.subscriptions);
        all.find(|s| s.arn == arn)
    }

    /// Removes a subscription; whether it was there.
    pub fn unsubscribe(&mut self, arn: &str) -> bool {
        self.topics.values_mut().any(|topic| {
            let before = topic.subscriptions.len();
            topic.subscriptions.retain(|s| s.arn != arn);
            topic.subscriptions.len() < before
        })
    }
}
