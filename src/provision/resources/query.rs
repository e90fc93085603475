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
            ("text", self.told().into()),
        ]
    }

    /// The text without the comments at its head that say what the other attributes say.
    fn told(&self) -> String {
        let (head, rest) = self.text.split_at(head_length(&self.text));
        let is_said = |line: &&str| {
            let key = line.strip_prefix('#').and_then(|line| line.split_once(':'));
            key.is_some_and(|(key, _)| matches!(key.trim(), "log-groups" | "parameter"))
        };
        let kept = head.split_inclusive('\n').filter(|line| !is_said(line));
        kept.chain([rest]).collect()
    }

    /// Whether a text is this one without the comments at its head: whoever edits a query in the console often takes
    /// them off, and Logs Insights skips them.
    pub(in crate::provision) fn is_told_without_head(&self, other: &Self) -> bool {
        let rest = self.text.get(head_length(&self.text)..).unwrap_or_default();
        head_length(&other.text) == 0 && rest.trim() == other.text.trim()
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

/// How long the comments at the head of a text are.
fn head_length(text: &str) -> usize {
    let lines = text.split_inclusive('\n');
    lines
        .take_while(|line| line.starts_with('#'))
        .map(str::len)
        .sum()
}
