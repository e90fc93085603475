use std::collections::BTreeMap;

use belfry_engine::base::Millis;
use belfry_engine::diag::{Diagnostic, Span, suite as codes};
use belfry_engine::metrics;
use belfry_engine::pattern::{FilterPattern, SelectionCriteria, SystemFields};

use super::names::{declared, one_of, spelling};
use super::section::{Section, Text};

/// Turns log events into datapoints.
#[derive(Clone, Debug, PartialEq)]
pub struct MetricFilter {
    /// `ErrorCount`.
    pub name: String,
    /// Whose events.
    pub log_group: String,
    /// Which events.
    pub pattern: String,
    /// Namespace of the metric.
    pub namespace: String,
    /// Name of the metric.
    pub metric: String,
    /// A number or a selector such as `$.duration`.
    pub value: String,
    /// What an event that does not match publishes.
    pub default: Option<f64>,
    /// CloudWatch's unit name; `None` is a unit.
    pub unit: String,
    /// Dimension name → selector.
    pub dimensions: BTreeMap<String, String>,
    /// Of which accounts and regions (`fieldSelectionCriteria`); of all where it is absent.
    pub selection: Option<String>,
    pub(crate) at: Span,
}

/// CloudWatch's units (API reference, `StandardUnit`).
pub(crate) const UNITS: &[&str] = &[
    "None",
    "Count",
    "Percent",
    "Seconds",
    "Microseconds",
    "Milliseconds",
    "Bytes",
    "Kilobytes",
    "Megabytes",
    "Gigabytes",
    "Terabytes",
    "Bits",
    "Kilobits",
    "Megabits",
    "Gigabits",
    "Terabits",
    "Bytes/Second",
    "Kilobytes/Second",
    "Megabytes/Second",
    "Gigabytes/Second",
    "Terabytes/Second",
    "Bits/Second",
    "Kilobits/Second",
    "Megabits/Second",
    "Gigabits/Second",
    "Terabits/Second",
    "Count/Second",
];

/// A filter's name becomes part of a tag of its log group, which is how a plan knows it again; so it
/// holds what the key of a tag may hold.
const TAG_LETTERS: &str = "_-./=+@ ";

impl MetricFilter {
    /// Where belfry.toml names it.
    pub fn place(&self) -> Span {
        self.at
    }

    pub(super) fn read(
        cx: &mut Vec<Diagnostic>,
        mut section: Section<'_>,
        source: &str,
        log_groups: &[&str],
    ) -> Option<Self> {
        let at = section.at();
        let name = section.required_string(cx, "name");
        let log_group = section.required_string(cx, "log_group");
        let pattern = section.required_string(cx, "pattern");
        let selection = section.string(cx, "selection");
        let metric = Target::read(cx, &mut section);
        section.finish(cx);
        if let Some(log_group) = &log_group {
            declared(cx, "log group", log_group, log_groups);
        }
        let is_pattern = pattern
            .as_ref()
            .is_some_and(|pattern| check_pattern(cx, pattern, source));
        if let Some(selection) = &selection {
            check_selection(cx, selection, source);
        }
        if let Some(name) = &name {
            spelling(cx, "metric filter", name, TAG_LETTERS, 100);
        }
        let (name, log_group, pattern, metric) = (name?, log_group?, pattern?, metric?);
        let filter = Self {
            at: name.at,
            name: name.value,
            log_group: log_group.value,
            pattern: pattern.value,
            namespace: metric.namespace,
            metric: metric.name,
            value: metric.value,
            default: metric.default,
            unit: metric.unit,
            dimensions: metric.dimensions,
            selection: selection.map(|selection| selection.value),
        };
        if is_pattern {
            filter.check(cx, at);
        }
        Some(filter)
    }

    /// Holds the whole filter against the rules of PutMetricFilter.
    fn check(&self, cx: &mut Vec<Diagnostic>, at: Span) {
        let nowhere = SystemFields {
            account: "",
            region: "",
        };
        if let Err(error) = self.compiled(nowhere) {
            cx.push(Diagnostic::error(&codes::METRIC_FILTER, at, error.message));
        }
    }

    /// The filter as the engine runs it over events of an account and region; refuses what PutMetricFilter refuses.
    pub fn compiled(
        &self,
        fields: SystemFields<'_>,
    ) -> Result<metrics::MetricFilter, metrics::MetricError> {
        let unit = metrics::Unit::parse(&self.unit);
        let transformation = metrics::MetricTransformation {
            name: self.metric.clone(),
            namespace: self.namespace.clone(),
            value: self.value.clone(),
            default_value: self.default,
            dimensions: self.dimensions.clone(),
            unit,
        };
        let filter =
            metrics::MetricFilter::try_new(&self.name, &self.pattern, transformation, Millis(0))?;
        Ok(
            match self.selection.as_deref().map(SelectionCriteria::parse) {
                Some(Ok(criteria)) => filter.with_selection(criteria, fields),
                // What does not read has been refused with its place.
                Some(Err(_)) | None => filter,
            },
        )
    }
}

/// `metric = { … }` of a filter.
struct Target {
    namespace: String,
    name: String,
    value: String,
    default: Option<f64>,
    unit: String,
    dimensions: BTreeMap<String, String>,
}

impl Target {
    fn read(cx: &mut Vec<Diagnostic>, filter: &mut Section<'_>) -> Option<Self> {
        let Some(mut section) = filter.table(cx, "metric") else {
            if !filter.has("metric") {
                cx.push(
                    Diagnostic::error(
                        &codes::MISSING_KEY,
                        filter.at(),
                        "a metric filter needs the key `metric`",
                    )
                    .help("add `metric = { namespace = \"…\", name = \"…\", value = \"1\" }`"),
                );
            }
            return None;
        };
        let namespace = section.required_string(cx, "namespace");
        let name = section.required_string(cx, "name");
        let value = section.required_string(cx, "value");
        let default = section.number(cx, "default");
        let unit = section.string(cx, "unit");
        let dimensions = section.string_map(cx, "dimensions");
        section.finish(cx);
        if let Some(unit) = &unit {
            one_of(cx, "unit", unit, UNITS);
        }
        Some(Self {
            namespace: namespace?.value,
            name: name?.value,
            value: value?.value,
            default,
            unit: unit.map_or_else(|| "None".to_owned(), |unit| unit.value),
            dimensions: dimensions
                .into_iter()
                .map(|(name, text)| (name, text.value))
                .collect(),
        })
    }
}

fn check_pattern(cx: &mut Vec<Diagnostic>, pattern: &Text, source: &str) -> bool {
    let parsed = FilterPattern::parse(&pattern.value);
    if let Err(error) = &parsed {
        let at = within(pattern, error.span, source);
        cx.push(Diagnostic::error(
            &codes::FILTER_PATTERN,
            at,
            error.message.clone(),
        ));
    }
    parsed.is_ok()
}

fn check_selection(cx: &mut Vec<Diagnostic>, selection: &Text, source: &str) {
    if let Err(error) = SelectionCriteria::parse(&selection.value) {
        let at = within(selection, error.span, source);
        cx.push(Diagnostic::error(&codes::METRIC_FILTER, at, error.message));
    }
}

/// Where `inner`, a stretch of a text's value, stands in the file. A text with escapes is shown whole.
pub(super) fn within(text: &Text, inner: Span, source: &str) -> Span {
    let raw = text.at.text(source);
    match raw.find(&text.value) {
        Some(quotes) if inner.end <= text.value.len() => {
            let start = text.at.start + quotes;
            Span::new(start + inner.start, start + inner.end)
        }
        _ => text.at,
    }
}
