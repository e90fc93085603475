use belfry_engine::metrics::MetricFilter;

use super::pages::{self, Order};
use super::{read, show};
use crate::endpoint::{Context, Document, Fault, Input, Operation};

/// `DescribeMetricFilters`: filters by group and name, all or those of a group, a name's prefix, a metric.
pub(super) const OPERATION: Operation = Operation {
    name: "DescribeMetricFilters",
    mutates: false,
    members: &[
        "logGroupName",
        "filterNamePrefix",
        "metricName",
        "metricNamespace",
        "nextToken",
        "limit",
    ],
    call,
};

fn call(cx: &mut Context<'_>, input: &Input<'_>) -> Result<Document, Fault> {
    let group = read::text(input, "logGroupName", 1..=512)?;
    let prefix = read::text(input, "filterNamePrefix", 1..=512)?;
    let metric = read::text(input, "metricName", 0..=255)?;
    let namespace = read::text(input, "metricNamespace", 0..=255)?;
    if metric.is_some() != namespace.is_some() {
        return Err(input.invalid("metricName and metricNamespace must be given together"));
    }
    if let Some(group) = group {
        read::standard_group(cx, group)?;
    }
    let takes = |of: &str, filter: &MetricFilter| {
        let transformation = &filter.transformation;
        group.is_none_or(|group| group == of)
            && prefix.is_none_or(|prefix| filter.name.starts_with(prefix))
            && metric.is_none_or(|metric| metric == transformation.name)
            && namespace.is_none_or(|namespace| namespace == transformation.namespace)
    };
    let token = read::text(input, "nextToken", 1..=usize::MAX)?;
    let size = read::page_size(input, "limit", 50, 50)?;
    let filters = cx.account.metric_filters.all();
    let selected = filters.filter(|(of, filter)| takes(of, filter));
    let key = |(of, filter): &(&str, &MetricFilter)| format!("{of}:{}", filter.name);
    let (shown, next) = pages::page(selected, key, Order::Ascending, (token, size));
    let shown = shown
        .into_iter()
        .map(|(of, filter)| show::metric_filter(of, filter));
    Ok(Document::structure([
        ("metricFilters", Document::list(shown)),
        ("nextToken", next.into()),
    ]))
}
