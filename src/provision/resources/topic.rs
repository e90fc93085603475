use super::Attributes;
use crate::provision::{Address, Kind};
use crate::suite::Topic;

/// An SNS topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopicResource {
    /// Its name; the last part of its ARN.
    pub name: String,
}

impl TopicResource {
    pub(crate) fn desired(topic: &Topic) -> Self {
        Self {
            name: topic.name.clone(),
        }
    }

    pub(super) fn address(&self) -> Address {
        Address::new(Kind::Topic, &self.name)
    }

    pub(super) fn attributes(&self) -> Attributes {
        vec![("name", self.name.clone().into())]
    }
}
