use std::collections::BTreeMap;

use serde_json::json;

use super::Attributes;
use crate::provision::{Address, Kind};
use crate::suite::MetricFilter;

/// A metric filter with its one transformation.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricFilterResource {
    /// Its name, unique in its log group.
    pub name: String,
    /// Whose events.
    pub log_group: String,
    /// Which events.
    pub pattern: String,
    /// Namespace of the metric.
    pub namespace: String,
    /// Name of the metric.
    pub metric: String,
    /// A number or a selector.
    pub value: String,
    /// What an event that does not match publishes.
    pub default: Option<f64>,
    /// The unit; AWS leaves it out or says `None` where there is none.
    pub unit: String,
    /// Dimension name → selector.
    pub dimensions: BTreeMap<String, String>,
    /// Of which accounts and regions (`fieldSelectionCriteria`).
    pub selection: Option<String>,
    /// Members that no suite sets, by their names in the API; an update takes them away.
    pub other: BTreeMap<String, String>,
}

impl MetricFilterResource {
    pub(crate) fn desired(filter: &MetricFilter) -> Self {
        Self {
            name: filter.name.clone(),
            log_group: filter.log_group.clone(),
            pattern: filter.pattern.clone(),
            namespace: filter.namespace.clone(),
            metric: filter.metric.clone(),
            value: filter.value.clone(),
            default: filter.default,
            unit: filter.unit.clone(),
            dimensions: filter.dimensions.clone(),
            selection: filter.selection.clone(),
            other: BTreeMap::new(),
        }
    }

    pub(super) fn address(&self) -> Address {
        Address::new(
            Kind::MetricFilter,
            format!("{}:{}", self.log_group, self.name),
        )
    }

    pub(super) fn attributes(&self) -> Attributes {
        let mut attributes = vec![
            ("log_group", self.log_group.clone().into()),
            ("pattern", self.pattern.clone().into()),
            ("namespace", self.namespace.clone().into()),
            ("metric", self.metric.clone().into()),
            ("value", self.value.clone().into()),
            ("default", self.default.into()),
            ("unit", self.unit.clone().into()),
            ("dimensions", json!(self.dimensions)),
        ];
        if let Some(selection) = &self.selection {
            attributes.push(("selection", selection.clone().into()));
        }
        if !self.other.is_empty() {
            attributes.push(("other", json!(self.other)));
        }
        attributes
    }

    pub(super) fn references(&self) -> Vec<Address> {
        vec![Address::new(Kind::LogGroup, &self.log_group)]
    }

    pub(super) fn lane(&self) -> Address {
        Address::new(Kind::LogGroup, &self.log_group)
    }
}
