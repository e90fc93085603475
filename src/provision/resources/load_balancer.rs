use std::collections::BTreeMap;

use serde_json::json;

use super::Attributes;
use crate::provision::{Address, Kind};
use crate::suite::LoadBalancer;

/// Attributes of a load balancer that others made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadBalancerResource {
    /// Its name.
    pub name: String,
    /// By the API's keys, those that the suite keeps.
    pub attributes: BTreeMap<String, String>,
}

impl LoadBalancerResource {
    pub(crate) fn desired(balancer: &LoadBalancer) -> Self {
        let mut attributes = balancer.attributes.clone();
        for logs in &balancer.logs {
            let mut set = |part: &str, value: &str| {
                attributes.insert(format!("{}.s3.{part}", logs.kind), value.to_owned());
            };
            set("enabled", "true");
            set("bucket", &logs.bucket);
            set("prefix", &logs.prefix);
        }
        Self {
            name: balancer.name.clone(),
            attributes,
        }
    }

    pub(crate) fn address(&self) -> Address {
        Address::new(Kind::LoadBalancer, &self.name)
    }

    pub(super) fn attributes(&self) -> Attributes {
        vec![
            ("name", self.name.clone().into()),
            ("attributes", json!(self.attributes)),
        ]
    }

    /// The buckets that its logs go to: where they are not the suite's, nothing waits for them.
    pub(super) fn references(&self) -> Vec<Address> {
        let buckets = self
            .attributes
            .iter()
            .filter(|(key, _)| key.ends_with(".s3.bucket"));
        buckets
            .map(|(_, bucket)| Address::new(Kind::Bucket, bucket))
            .collect()
    }
}
