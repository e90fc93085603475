use std::collections::BTreeMap;

use serde_json::json;

use super::Attributes;
use crate::provision::{Address, Kind};
use crate::suite::LogGroup;

/// A log group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogGroupResource {
    /// Its name.
    pub name: String,
    /// Days; for ever where absent.
    pub retention_days: Option<i64>,
    /// `STANDARD`, `INFREQUENT_ACCESS`.
    pub class: String,
    /// Tags but Belfry's and AWS's own, where the suite keeps them.
    pub tags: Option<BTreeMap<String, String>>,
}

impl LogGroupResource {
    pub(crate) fn desired(log_group: &LogGroup) -> Self {
        Self {
            name: log_group.name.clone(),
            retention_days: log_group.retention_days,
            class: log_group.class.clone(),
            tags: log_group.tags.clone(),
        }
    }

    /// Whether filters can be attached to it.
    pub fn is_standard(&self) -> bool {
        self.class == "STANDARD"
    }

    pub(super) fn address(&self) -> Address {
        Address::new(Kind::LogGroup, &self.name)
    }

    pub(super) fn attributes(&self) -> Attributes {
        let mut attributes: Attributes = vec![
            ("name", self.name.clone().into()),
            ("retention_days", self.retention_days.into()),
            ("class", self.class.clone().into()),
        ];
        if let Some(tags) = &self.tags {
            attributes.push(("tags", json!(tags)));
        }
        attributes
    }
}
