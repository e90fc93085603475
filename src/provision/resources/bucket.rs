use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Attributes, log_bucket_policy, topic_policy};
use crate::provision::{Address, Kind, Place};
use crate::suite::Suite;

/// A bucket that load balancers deliver logs to.
#[derive(Clone, Debug, PartialEq)]
pub struct BucketResource {
    /// Its name.
    pub name: String,
    /// Who may write, as [`topic_policy::normal`] writes it; null where there is none.
    pub policy: Value,
    /// `AES256`, `aws:kms`.
    pub encryption: Option<String>,
    /// Whether the public is kept out in all four ways.
    pub is_public_blocked: bool,
    /// `BucketOwnerEnforced`.
    pub ownership: Option<String>,
    /// The lifecycle's rules, as [`BucketResource::rule`] writes them; null where there are none.
    pub lifecycle: Value,
    /// Tags but Belfry's and AWS's own, where the suite keeps them.
    pub tags: Option<BTreeMap<String, String>>,
}

/// The id of the lifecycle rule of the suite.
pub const RULE: &str = "belfry-expiration";

/// Days after which parts of an upload that was never completed go.
pub const ABORT_DAYS: i64 = 7;

impl BucketResource {
    pub(crate) fn desired(bucket: &crate::suite::Bucket, suite: &Suite, place: &Place) -> Self {
        let policy = log_bucket_policy::desired(bucket, suite, place);
        Self {
            name: bucket.name.clone(),
            policy: policy.map_or(Value::Null, |policy| topic_policy::normal(&policy)),
            encryption: Some("AES256".to_owned()),
            is_public_blocked: true,
            ownership: Some("BucketOwnerEnforced".to_owned()),
            lifecycle: bucket
                .expire_days
                .map_or(Value::Null, |days| json!([Self::rule(RULE, "", days)])),
            tags: bucket.tags.clone(),
        }
    }

    /// One of which nothing but the name is known.
    pub fn named(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            policy: Value::Null,
            encryption: None,
            is_public_blocked: false,
            ownership: None,
            lifecycle: Value::Null,
            tags: None,
        }
    }

    /// A rule of a lifecycle by which objects expire, as plans compare it.
    pub fn rule(id: &str, prefix: &str, days: i64) -> Value {
        json!({
            "id": id,
            "status": "Enabled",
            "prefix": prefix,
            "expire_days": days,
            "abort_uploads_days": ABORT_DAYS,
        })
    }

    /// After how many days objects expire, where the lifecycle is one that a suite wants.
    pub fn expire_days(&self) -> Option<i64> {
        self.lifecycle.get(0)?.get("expire_days")?.as_i64()
    }

    pub(crate) fn address(&self) -> Address {
        Address::new(Kind::Bucket, &self.name)
    }

    pub(super) fn attributes(&self) -> Attributes {
        let mut attributes: Attributes = vec![
            ("name", self.name.clone().into()),
            ("policy", topic_policy::shown(&self.policy)),
            ("encryption", self.encryption.clone().into()),
            ("public_access_blocked", self.is_public_blocked.into()),
            ("ownership", self.ownership.clone().into()),
            ("lifecycle", self.lifecycle.clone()),
        ];
        if let Some(tags) = &self.tags {
            attributes.push(("tags", json!(tags)));
        }
        attributes
    }
}
