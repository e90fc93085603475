use serde_json::json;

use super::Attributes;
use crate::provision::{Address, Kind};
use crate::suite::SavedQuery;

/// A saved Logs Insights query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryResource {
    /// `fraud-detection/error-logs`.
    pub name: String,
    /// Where it looks, in order of name.
    pub log_groups: Vec<String>,
    /// The query.
    pub text: String,
}

impl QueryResource {
    /// With its log groups in order, since their order means nothing.
    pub fn new(name: String, mut log_groups: Vec<String>, text: String) -> Self {
        log_groups.sort();
        Self {
            name,
            log_groups,
            text,
        }
    }

    pub(crate) fn desired(query: &SavedQuery) -> Self {
        Self::new(
            query.name.clone(),
            query.log_groups.clone(),
            query.text.clone(),
        )
    }

    pub(super) fn address(&self) -> Address {
        Address::new(Kind::Query, &self.name)
    }

    pub(super) fn attributes(&self) -> Attributes {
        vec![
            ("log_groups", json!(self.log_groups)),
            ("text", self.text.clone().into()),
        ]
    }

    pub(super) fn references(&self) -> Vec<Address> {
        let groups = self.log_groups.iter();
        groups.map(|g| Address::new(Kind::LogGroup, g)).collect()
    }
}
