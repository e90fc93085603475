use serde_json::Value;

use super::{Attributes, topic_policy};
use crate::provision::{Address, Kind, Place};

/// An SNS topic.
#[derive(Clone, Debug, PartialEq)]
pub struct TopicResource {
    /// Its name; the last part of its ARN.
    pub name: String,
    /// Where it lives, if that is not the environment's region.
    pub region: Option<String>,
    /// Who may publish to it, as [`topic_policy::normal`] writes it; nothing where it is not ours to read.
    pub policy: Value,
}

impl TopicResource {
    /// With the policy that lets alarms and budgets publish. `place` is where the topic lives.
    pub fn desired(name: &str, region: Option<&str>, place: &Place) -> Self {
        Self {
            name: name.to_owned(),
            region: region.map(str::to_owned),
            policy: topic_policy::normal(&topic_policy::desired(name, place)),
        }
    }

    pub(super) fn address(&self) -> Address {
        Address::regional(Kind::Topic, &self.name, self.region.as_deref())
    }

    pub(super) fn attributes(&self) -> Attributes {
        vec![
            ("name", self.name.clone().into()),
            ("region", self.region.clone().into()),
            ("policy", topic_policy::shown(&self.policy)),
        ]
    }
}
