use std::collections::BTreeMap;

use belfry_engine::diag::{Diagnostic, suite as codes};
use serde_json::{Map, Value, json};
use toml::de::DeTable;

use super::json::object;
use super::reader::replaced;
use crate::suite::section::{Section, Text, wrong_type};

/// `emf = { … }`: an embedded metric in few words.
#[derive(Clone, Debug)]
pub(super) struct Emf<'a> {
    namespace: Text,
    dimensions: BTreeMap<String, Text>,
    metrics: &'a DeTable<'a>,
    units: BTreeMap<String, Text>,
}

impl<'a> Emf<'a> {
    pub(super) fn read(cx: &mut Vec<Diagnostic>, mut section: Section<'a>) -> Option<Self> {
        let namespace = section.required_string(cx, "namespace");
        let dimensions = section.string_map(cx, "dimensions");
        let units = section.string_map(cx, "units");
        let metrics = match section.value("metrics") {
            Some((at, value)) => {
                let table = value.as_table();
                if table.is_none() {
                    wrong_type(cx, "metrics", at, value, "a table of numbers");
                }
                table
            }
            None => {
                section.missing(cx, "metrics", "a table of numbers");
                None
            }
        };
        section.finish(cx);
        for (name, unit) in &units {
            if metrics.is_some_and(|metrics| metrics.get(name.as_str()).is_none()) {
                let message = format!("`{name}` is none of the `metrics`");
                cx.push(Diagnostic::error(
                    &codes::UNKNOWN_REFERENCE,
                    unit.at,
                    message,
                ));
            }
        }
        Some(Self {
            namespace: namespace?,
            dimensions,
            metrics: metrics?,
            units,
        })
    }

    /// Adds the members of the embedded metric format to an event's.
    pub(super) fn add_to(
        &self,
        cx: &mut Vec<Diagnostic>,
        members: &mut Map<String, Value>,
        variables: &BTreeMap<String, String>,
    ) {
        let timestamp = variables
            .get("timestamp")
            .and_then(|t| t.parse::<i64>().ok());
        let metrics = object(cx, self.metrics, variables);
        let described = metrics.keys().map(|name| match self.units.get(name) {
            Some(unit) => json!({ "Name": name, "Unit": unit.value }),
            None => json!({ "Name": name }),
        });
        let described: Vec<Value> = described.collect();
        let names: Vec<&String> = self.dimensions.keys().collect();
        let namespace = replaced(cx, &self.namespace, variables);
        let directive =
            json!({ "Namespace": namespace, "Dimensions": [names], "Metrics": described });
        let aws = json!({ "Timestamp": timestamp, "CloudWatchMetrics": [directive] });
        members.insert("_aws".to_owned(), aws);
        for (name, value) in &self.dimensions {
            let value = replaced(cx, value, variables);
            members.insert(name.clone(), value.into());
        }
        members.extend(metrics);
    }
}
