use std::collections::BTreeSet;
use std::sync::Arc;

use belfry_engine::dashboard::{SeriesSource, WidgetQuery};

use super::super::{DashboardSource, SourceError};

/// A metric that a widget needs: namespace and name.
pub(super) type Needed = (String, String);

/// Who publishes the metrics of a namespace, and why it does not here.
const PUBLISHERS: &[(&str, &str)] = &[
    (
        "AWS/ECS",
        "ECS publishes it; on one machine `belfry up` measures the service instead",
    ),
    (
        "ECS/ContainerInsights",
        "Container Insights of ECS publishes it; on one machine `belfry up` measures the service instead",
    ),
    (
        "AWS/ApplicationELB",
        "the load balancer publishes it, on one machine that of `belfry up`; a count comes with the first that is not zero",
    ),
    (
        "AWS/Billing",
        "AWS billing publishes it; on one machine `belfry up` meters the run, from half a minute after its start",
    ),
    (
        "FraudDetection/Cost",
        "`belfry cost publish` writes it from the account's costs; on one machine `belfry up` meters the run, from half a minute after its start",
    ),
];

/// What the queries need and the endpoint does not know, and whether it knows any of it.
pub(super) async fn missing(
    source: &Arc<dyn DashboardSource>,
    queries: &[WidgetQuery],
) -> Result<(Vec<Needed>, bool), SourceError> {
    let needed: BTreeSet<_> = queries.iter().filter_map(needed).collect();
    let namespaces: BTreeSet<_> = needed.iter().map(|(namespace, _)| namespace).collect();
    let mut known = BTreeSet::new();
    for namespace in namespaces {
        let names = source.metric_names(namespace).await?;
        known.extend(names.into_iter().map(|name| (namespace.clone(), name)));
    }
    let missing: Vec<_> = needed.difference(&known).cloned().collect();
    let any_known = needed.is_empty() || missing.len() < needed.len();
    Ok((missing, any_known))
}

/// ``no metric `CPUUtilization` in namespace `AWS/ECS` on this endpoint: it is published by ECS, …``
pub(super) fn reason((namespace, name): &Needed) -> String {
    let publisher = PUBLISHERS.iter().find(|(n, _)| n == namespace);
    let why = publisher.map_or("nothing has published it yet", |(_, why)| *why);
    format!("no metric `{name}` in namespace `{namespace}` on this endpoint: {why}")
}

/// Why a widget of `region` is not drawn, where it is not the source's.
pub(super) fn elsewhere(source: &Arc<dyn DashboardSource>, region: &str) -> Option<String> {
    let own = source.region();
    (region != own).then(|| {
        format!("a widget of region `{region}` is not drawn here: the data are those of `{own}`")
    })
}

fn needed(query: &WidgetQuery) -> Option<Needed> {
    match &query.source {
        SeriesSource::Metric {
            namespace, name, ..
        } => Some((namespace.clone(), name.clone())),
        SeriesSource::Expression(text) => searched(text),
    }
}

/// The metric that a SEARCH names with `Namespace="…" MetricName="…"`.
fn searched(text: &str) -> Option<Needed> {
    let after = |key: &str| {
        let (_, rest) = text.split_once(key)?;
        rest.split_once('"').map(|(value, _)| value.to_owned())
    };
    text.trim_start().starts_with("SEARCH").then_some(())?;
    Some((after("Namespace=\"")?, after("MetricName=\"")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_names_its_metric() {
        let text =
            "SEARCH('Namespace=\"ECS/ContainerInsights\" MetricName=\"X\" TaskId', 'Sum', 60)";
        let needed = searched(text).unwrap();
        assert_eq!(
            reason(&needed),
            "no metric `X` in namespace `ECS/ContainerInsights` on this endpoint: Container Insights of ECS publishes it; \
             on one machine `belfry up` measures the service instead"
        );
        assert_eq!(searched("m1 * 2"), None);
    }
}
