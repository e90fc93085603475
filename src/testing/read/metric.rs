use belfry_engine::diag::{Diagnostic, suite as codes};
use belfry_engine::metrics::{Dimensions, MetricId, Unit};

use super::Reader;
use super::reader::replaced;
use crate::suite::names::{declared, one_of};
use crate::suite::section::{Section, Text};
use crate::suite::{Metric, MetricStat, Watch};

/// A metric, with what an alarm asks of it where it was named by one.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) id: MetricId,
    pub(super) stat: Option<MetricStat>,
}

/// `metric = { … }`, or `of_alarm = "…"` with `id` where the alarm watches several.
pub(super) fn read(
    cx: &mut Vec<Diagnostic>,
    section: &mut Section<'_>,
    reader: &Reader<'_>,
) -> Option<Named> {
    let of_alarm = section.string(cx, "of_alarm");
    let id = section.string(cx, "id");
    let metric = section.table(cx, "metric");
    match (of_alarm, metric) {
        (Some(alarm), None) => watched(cx, &alarm, id.as_ref(), reader),
        (None, Some(metric)) => {
            if let Some(id) = id {
                let message = "`id` tells apart the metrics of an alarm; here the metric is named";
                cx.push(Diagnostic::error(&codes::EITHER_OR, id.at, message));
            }
            of_table(cx, metric, reader)
        }
        _ => {
            let message = "either `metric` or `of_alarm` names the metric";
            cx.push(
                Diagnostic::error(&codes::EITHER_OR, section.at(), message)
                    .help("add `of_alarm = \"…\"` for the metric that an alarm watches"),
            );
            None
        }
    }
}

/// `{ namespace, name, dimensions }`.
pub(super) fn of_table(
    cx: &mut Vec<Diagnostic>,
    mut section: Section<'_>,
    reader: &Reader<'_>,
) -> Option<Named> {
    let id = of_keys(cx, &mut section, reader);
    section.finish(cx);
    Some(Named {
        id: id?,
        stat: None,
    })
}

/// The keys `namespace`, `name` and `dimensions` of a section that may have others.
pub(super) fn of_keys(
    cx: &mut Vec<Diagnostic>,
    section: &mut Section<'_>,
    reader: &Reader<'_>,
) -> Option<MetricId> {
    let namespace = section.required_string(cx, "namespace");
    let name = section.required_string(cx, "name");
    let variables = &reader.suite.environment.variables;
    let mut dimensions = Dimensions::new();
    for (dimension, text) in section.string_map(cx, "dimensions") {
        dimensions.insert(dimension, replaced(cx, &text, variables));
    }
    let (namespace, name) = (namespace?, name?);
    match MetricId::new(&namespace.value, &name.value, dimensions) {
        Ok(id) => Some(id),
        Err(error) => {
            let at = section.at();
            cx.push(Diagnostic::error(&codes::WRONG_VALUE, at, error.message));
            None
        }
    }
}

fn watched(
    cx: &mut Vec<Diagnostic>,
    name: &Text,
    id: Option<&Text>,
    reader: &Reader<'_>,
) -> Option<Named> {
    let alarms = &reader.suite.alarms;
    let names: Vec<&str> = alarms
        .iter()
        .map(|alarm| alarm.head.name.as_str())
        .collect();
    declared(cx, "alarm", name, &names);
    let alarm = alarms.iter().find(|alarm| alarm.head.name == name.value)?;
    let stat = match (&alarm.watch, id) {
        (Watch::Metric(stat), None) => stat,
        (Watch::Metric(_), Some(id)) => {
            let message = format!(
                "the alarm `{}` watches one metric, without ids",
                alarm.head.name
            );
            cx.push(Diagnostic::error(&codes::UNKNOWN_KEY, id.at, message));
            return None;
        }
        (Watch::Math { metrics, .. }, id) => {
            let ids: Vec<&str> = metrics.iter().map(|query| query.id.as_str()).collect();
            let Some(id) = id else {
                let message = format!(
                    "the alarm `{}` watches several metrics: `id` says which of {}",
                    alarm.head.name,
                    ids.join(", ")
                );
                cx.push(Diagnostic::error(&codes::MISSING_KEY, name.at, message));
                return None;
            };
            declared(cx, "metric of the alarm", id, &ids);
            &metrics.iter().find(|query| query.id == id.value)?.stat
        }
    };
    Some(Named {
        id: id_of(&stat.metric),
        stat: Some(stat.clone()),
    })
}

/// A metric of the suite, as the engine names it. The suite's own reader has checked it.
pub(super) fn id_of(metric: &Metric) -> MetricId {
    MetricId {
        namespace: metric.namespace.as_str().into(),
        name: metric.name.as_str().into(),
        dimensions: metric.dimensions.clone(),
    }
}

/// The unit under `unit`.
pub(super) fn unit(cx: &mut Vec<Diagnostic>, section: &mut Section<'_>) -> Option<Unit> {
    let text = section.string(cx, "unit")?;
    let unit = Unit::parse(&text.value);
    if unit.is_none() {
        one_of(cx, "unit", &text, crate::suite::UNITS);
    }
    unit
}
