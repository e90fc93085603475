use std::collections::BTreeSet;

use belfry_engine::diag::{Diagnostic, Span, check as codes, nearest};

use super::used_metric::{Name, used, with};
use super::{Check, Finding, Subject};
use crate::cost::{COST_METRICS, COST_NAMESPACE};

/// A metric of the service's own namespaces that neither the contract nor a metric filter publishes.
pub(super) const CHECK: Check = Check {
    code: &codes::UNPUBLISHED_METRIC,
    look,
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let published = published(subject);
    for one in used(subject.suite) {
        let diagnostic = judge(&published, &one.name, one.is_exact, &one.user, one.at);
        findings.extend(diagnostic.map(|diagnostic| Finding {
            path: one.path,
            on: one.on,
            diagnostic,
        }));
    }
}

/// What the service, the suite's metric filters and `belfry cost publish` publish.
fn published(subject: &Subject<'_>) -> BTreeSet<Name> {
    let filters = subject.suite.metric_filters.iter().map(|filter| {
        let dimensions = filter.dimensions.keys().cloned().collect();
        (filter.namespace.clone(), filter.metric.clone(), dimensions)
    });
    let contract = subject
        .contract
        .metrics()
        .map(|(namespace, name, set)| (namespace.to_owned(), name.to_owned(), set.clone()));
    let costs = COST_METRICS.iter().map(|(name, dimensions)| {
        let dimensions = dimensions.iter().map(|name| (*name).to_owned()).collect();
        (COST_NAMESPACE.to_owned(), (*name).to_owned(), dimensions)
    });
    filters.chain(contract).chain(costs).collect()
}

/// Nothing where the metric is published, or where its namespace is not one of the service's.
fn judge(
    published: &BTreeSet<Name>,
    used: &Name,
    is_exact: bool,
    user: &str,
    at: Span,
) -> Option<Diagnostic> {
    let (namespace, name, dimensions) = used;
    let is_ours = published.iter().any(|(ours, _, _)| ours == namespace);
    let is_there = match is_exact {
        true => published.contains(used),
        false => published
            .iter()
            .any(|(n, m, set)| n == namespace && m == name && set.is_superset(dimensions)),
    };
    if !is_ours || is_there {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn name(name: &str, dimensions: &[&str]) -> Name {
        let dimensions = dimensions.iter().map(|d| (*d).to_owned()).collect();
        ("Fraud".to_owned(), name.to_owned(), dimensions)
    }

    fn help(used: &Name) -> Option<String> {
        let published = BTreeSet::from([name("Latency", &["Service"]), name("Errors", &[])]);
        judge(&published, used, true, "a widget draws", Span::default())
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
