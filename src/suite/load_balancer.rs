use std::collections::BTreeMap;

use belfry_engine::diag::{Diagnostic, Span, nearest, suite as codes};

use super::bucket::bucket_name;
use super::names::spelling;
use super::section::Section;
use crate::endpoint::elb::{ATTRIBUTE_KEYS, check_attribute};

/// A load balancer that others make, and its attributes that the suite keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadBalancer {
    /// `fraud-detection-alb`.
    pub name: String,
    /// Where which logs go.
    pub logs: Vec<DeliveredLogs>,
    /// Further attributes, by the API's keys.
    pub attributes: BTreeMap<String, String>,
    pub(super) at: Span,
}

/// Logs that a load balancer delivers into a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveredLogs {
    /// `access_logs`, `connection_logs`, `health_check_logs`.
    pub kind: &'static str,
    /// The bucket.
    pub bucket: String,
    /// What keys begin with; may be empty.
    pub prefix: String,
}

const LOGS: [&str; 3] = ["access_logs", "connection_logs", "health_check_logs"];

impl LoadBalancer {
    pub(super) fn read(
        cx: &mut Vec<Diagnostic>,
        mut section: Section<'_>,
        variables: &BTreeMap<String, String>,
    ) -> Option<Self> {
        let name = section.required_string(cx, "name");
        let mut logs = Vec::new();
        for kind in LOGS {
            if let Some(table) = section.table(cx, kind) {
                logs.extend(DeliveredLogs::read(cx, kind, table, variables));
            }
        }
        let attributes = attributes(cx, &mut section);
        section.finish(cx);
        let name = name?;
        spelling(cx, "load balancer", &name, "-", 32);
        Some(Self {
            at: name.at,
            name: name.value,
            logs,
            attributes,
        })
    }
}

impl DeliveredLogs {
    fn read(
        cx: &mut Vec<Diagnostic>,
        kind: &'static str,
        mut section: Section<'_>,
        variables: &BTreeMap<String, String>,
    ) -> Option<Self> {
        let bucket = section.required_string(cx, "bucket");
        let prefix = section.string(cx, "prefix");
        section.finish(cx);
        if let Some(prefix) = &prefix
            && let Err(reason) = check_attribute(&format!("{kind}.s3.prefix"), &prefix.value)
        {
            cx.push(Diagnostic::error(&codes::WRONG_VALUE, prefix.at, reason));
        }
        Some(Self {
            kind,
            bucket: bucket_name(cx, &bucket?, variables)?,
            prefix: prefix.map(|prefix| prefix.value).unwrap_or_default(),
        })
    }
}

/// Attributes by the keys of the API; those of logs have sections of their own.
fn attributes(cx: &mut Vec<Diagnostic>, section: &mut Section<'_>) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    for (key, value) in section.string_map(cx, "attributes") {
        let keys = ATTRIBUTE_KEYS
            .iter()
            .copied()
            .filter(|key| !key.contains("_logs.s3."));
        let keys: Vec<&str> = keys.collect();
        if !keys.contains(&key.as_str()) {
            let message = format!("`{key}` is no attribute that is set here");
            let diagnostic = Diagnostic::error(&codes::UNKNOWN_KEY, value.at, message);
            cx.push(match nearest(&key, keys.iter().copied()) {
                Some(near) => {
                    diagnostic.help(format!("a key with a similar name exists: `{near}`"))
                }
                None => diagnostic.help(format!("the keys are {}", keys.join(", "))),
            });
            continue;
        }
        if let Err(reason) = check_attribute(&key, &value.value) {
            cx.push(Diagnostic::error(&codes::WRONG_VALUE, value.at, reason));
        }
        attributes.insert(key, value.value);
    }
    attributes
}
