use sha2::{Digest, Sha256};

use super::Attributes;
use crate::provision::{Address, Kind};

/// Who receives what a topic is told.
#[derive(Clone, PartialEq, Eq)]
pub struct SubscriptionResource {
    /// The topic's name.
    pub topic: String,
    /// Where the topic lives, if that is not the environment's region.
    pub region: Option<String>,
    /// `email`.
    pub protocol: String,
    /// As SNS has it. What is behind the host of an http address is often a key, so plans show
    /// [`SubscriptionResource::shown`].
    pub endpoint: String,
}

/// As it is shown: without what may be a key.
impl std::fmt::Debug for SubscriptionResource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SubscriptionResource({})", self.address())
    }
}

impl SubscriptionResource {
    /// Protocol and endpoint in a few letters: the key of the tag by which the topic says that the suite made the
    /// subscription, since subscriptions take no tags themselves.
    pub fn fingerprint(&self) -> String {
        let digest = Sha256::digest(format!("{}:{}", self.protocol, self.endpoint));
        digest
            .iter()
            .take(6)
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }

    /// The endpoint without what may be a key: of an http address scheme and host.
    pub fn shown(&self) -> String {
        let Some((scheme, rest)) = self.endpoint.split_once("://") else {
            return self.endpoint.clone();
        };
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        let host = authority.rsplit('@').next().unwrap_or_default();
        if host == authority && matches!(path, "" | "/") {
            return self.endpoint.clone();
        }
        format!("{scheme}://{host}/…{}", self.fingerprint())
    }

    pub(super) fn address(&self) -> Address {
        let name = format!("{}:{}:{}", self.topic, self.protocol, self.shown());
        Address::regional(Kind::Subscription, &name, self.region.as_deref())
    }

    pub(super) fn attributes(&self) -> Attributes {
        vec![
            ("topic", self.topic.clone().into()),
            ("protocol", self.protocol.clone().into()),
            ("endpoint", self.shown().into()),
        ]
    }

    /// Tags of one topic are written one after the other.
    pub(super) fn lane(&self) -> Address {
        Address::regional(Kind::Topic, &self.topic, self.region.as_deref())
    }

    pub(super) fn references(&self) -> Vec<Address> {
        vec![Address::regional(
            Kind::Topic,
            &self.topic,
            self.region.as_deref(),
        )]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(endpoint: &str) -> String {
        SubscriptionResource {
            topic: "t".to_owned(),
            region: None,
            protocol: "https".to_owned(),
            endpoint: endpoint.to_owned(),
        }
        .shown()
    }

    #[test]
    fn keys_in_an_address_are_not_shown() {
        for secret in [
            "https://user:hunter2@example.com/",
            "https://example.com/hooks/hunter2",
            "https://example.com?key=hunter2",
        ] {
            let shown = shown(secret);
            assert!(shown.starts_with("https://example.com/…"), "{shown}");
            assert!(!shown.contains("hunter2"), "{shown}");
        }
    }

    #[test]
    fn what_holds_no_key_is_shown_as_it_is() {
        assert_eq!(shown("https://example.com/"), "https://example.com/");
        assert_eq!(shown("oncall@example.com"), "oncall@example.com");
    }
}
