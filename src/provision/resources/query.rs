use std::collections::BTreeMap;

use belfry_engine::insights::Parameter;
use serde_json::{Value, json};

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
    /// What it takes, by name: their order means nothing.
    pub parameters: BTreeMap<String, Parameter>,
    /// The query.
    pub text: String,
}

impl QueryResource {
    /// With its log groups in order, since their order means nothing.
    pub fn new(
        name: String,
        mut log_groups: Vec<String>,
        text: String,
        parameters: impl IntoIterator<Item = Parameter>,
    ) -> Self {
        log_groups.sort();
        Self {
            name,
            log_groups,
            parameters: parameters
                .into_iter()
                .map(|parameter| (parameter.name.clone(), parameter))
                .collect(),
            text,
        }
    }

    pub(crate) fn desired(query: &SavedQuery) -> Self {
        Self::new(
            query.name.clone(),
            query.log_groups.clone(),
            query.text.clone(),
            query.parameters.iter().cloned(),
        )
    }

    pub(super) fn address(&self) -> Address {
        Address::new(Kind::Query, &self.name)
    }

    pub(super) fn attributes(&self) -> Attributes {
        vec![
            ("log_groups", json!(self.log_groups)),
            ("parameters", self.parameters()),
            ("text", self.text.clone().into()),
        ]
    }

    /// Each with what is said of it; null where there are none.
    fn parameters(&self) -> Value {
        if self.parameters.is_empty() {
            return Value::Null;
        }
        let parameters = self.parameters.iter().map(|(name, parameter)| {
            let mut members = json!({ "default": parameter.default });
            if let Some(description) = &parameter.description {
                members["description"] = description.as_str().into();
            }
            (name.clone(), members)
        });
        Value::Object(parameters.collect())
    }

    pub(super) fn references(&self) -> Vec<Address> {
        let groups = self.log_groups.iter();
        groups.map(|g| Address::new(Kind::LogGroup, g)).collect()
    }
}
