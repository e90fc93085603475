use std::collections::BTreeSet;

use belfry_engine::dashboard::{self, SeriesSource, WidgetKind};
use belfry_engine::diag::{Diagnostic, Span, check as codes, nearest};

use super::{Check, Finding, Subject};
use crate::suite::{FILE_NAME, Watch};

/// A metric of the service's own namespaces that neither the contract nor a metric filter publishes.
pub(super) const CHECK: Check = Check {
    code: &codes::UNPUBLISHED_METRIC,
    look,
};

/// A metric by namespace, name and the names of its dimensions.
type Name = (String, String, BTreeSet<String>);

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let published = published(subject);
    for alarm in &subject.suite.alarms {
        for used in watched(&alarm.watch) {
            let user = format!("the alarm `{}` watches", alarm.name);
            let diagnostic = judge(&published, &used, &user, alarm.place());
            findings.extend(diagnostic.map(|diagnostic| Finding {
                path: FILE_NAME.to_owned(),
                diagnostic,
            }));
        }
    }
    for dashboard in &subject.suite.dashboards {
        for used in drawn(&dashboard.source) {
            let place = dashboard.in_file(place(&dashboard.source, &used.1));
            let diagnostic = judge(&published, &used, "a widget draws", place);
            findings.extend(diagnostic.map(|diagnostic| Finding {
                path: dashboard.path.clone(),
                diagnostic,
            }));
        }
    }
}

/// What the service and the suite's metric filters publish.
fn published(subject: &Subject<'_>) -> BTreeSet<Name> {
    let filters = subject.suite.metric_filters.iter().map(|filter| {
        let dimensions = filter.dimensions.keys().cloned().collect();
        (filter.namespace.clone(), filter.metric.clone(), dimensions)
    });
    let contract = subject
        .contract
        .metrics()
        .map(|(namespace, name, set)| (namespace.to_owned(), name.to_owned(), set.clone()));
    filters.chain(contract).collect()
}

fn watched(watch: &Watch) -> Vec<Name> {
    let stats = match watch {
        Watch::Metric(stat) => vec![stat],
        Watch::Math { metrics, .. } => metrics.iter().map(|query| &query.stat).collect(),
    };
    stats
        .into_iter()
        .map(|stat| {
            let metric = &stat.metric;
            let dimensions = metric.dimensions.keys().cloned().collect();
            (metric.namespace.clone(), metric.name.clone(), dimensions)
        })
        .collect()
}

/// The metrics of a body; a body that does not load was refused before.
fn drawn(body: &str) -> BTreeSet<Name> {
    let Ok(loaded) = dashboard::load(body) else {
        return BTreeSet::new();
    };
    let widgets = loaded.dashboard.widgets.into_iter();
    widgets
        .filter_map(|widget| match widget.kind {
            WidgetKind::Metric(metric) => Some(metric.series),
            WidgetKind::Text(_)
            | WidgetKind::Log(_)
            | WidgetKind::Alarm(_)
            | WidgetKind::Undrawn(_) => None,
        })
        .flatten()
        .filter_map(|series| match series.source {
            SeriesSource::Metric {
                namespace,
                name,
                dimensions,
            } => Some((
                namespace,
                name,
                dimensions.into_iter().map(|d| d.0).collect(),
            )),
            SeriesSource::Expression(_) => None,
        })
        .collect()
}

/// Nothing where the metric is published, or where its namespace is not one of the service's.
fn judge(published: &BTreeSet<Name>, used: &Name, user: &str, at: Span) -> Option<Diagnostic> {
    let (namespace, name, dimensions) = used;
    let is_ours = published.iter().any(|(ours, _, _)| ours == namespace);
    if !is_ours || published.contains(used) {
        return None;
    }
    let message = format!(
        "{user} `{name}` of `{namespace}` {}, which nothing publishes",
        with(dimensions)
    );
    let diagnostic = Diagnostic::error(CHECK.code, at, message);
    let same = published
        .iter()
        .find(|(n, m, _)| n == namespace && m == name);
    let names = published
        .iter()
        .filter(|p| p.0 == *namespace)
        .map(|p| p.1.as_str());
    Some(match (same, nearest(name, names)) {
        (Some((_, _, set)), _) => diagnostic.help(format!("it is published {}", with(set))),
        (None, Some(near)) => diagnostic.help(format!(
            "a metric with a similar name is published: `{near}`"
        )),
        (None, None) => diagnostic,
    })
}

fn with(dimensions: &BTreeSet<String>) -> String {
    if dimensions.is_empty() {
        return "without dimensions".to_owned();
    }
    let names: Vec<String> = dimensions.iter().map(|name| format!("`{name}`")).collect();
    format!("with the dimensions {}", names.join(", "))
}

/// The first place where the body names the metric.
fn place(body: &str, name: &str) -> Span {
    let quoted = format!("\"{name}\"");
    let start = body.find(&quoted).unwrap_or_default();
    Span::new(start, (start + quoted.len()).min(body.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str, dimensions: &[&str]) -> Name {
        let dimensions = dimensions.iter().map(|d| (*d).to_owned()).collect();
        ("Fraud".to_owned(), name.to_owned(), dimensions)
    }

    fn help(used: &Name) -> Option<String> {
        let published = BTreeSet::from([name("Latency", &["Service"]), name("Errors", &[])]);
        judge(&published, used, "a widget draws", Span::default())
            .map(|diagnostic| format!("{:?}", diagnostic.help))
    }

    #[test]
    fn a_published_metric_is_fine() {
        assert_eq!(help(&name("Latency", &["Service"])), None);
    }

    #[test]
    fn another_set_of_dimensions_is_another_metric() {
        let help = help(&name("Latency", &[])).unwrap();
        assert!(help.contains("with the dimensions `Service`"), "{help}");
    }

    #[test]
    fn a_misspelt_metric_is_told_its_neighbour() {
        let help = help(&name("Latenzy", &["Service"])).unwrap();
        assert!(help.contains("`Latency`"), "{help}");
    }

    #[test]
    fn a_namespace_of_aws_is_not_judged() {
        let used = (
            "AWS/ECS".to_owned(),
            "CPUUtilization".to_owned(),
            BTreeSet::new(),
        );
        assert_eq!(help(&used), None);
    }
}
