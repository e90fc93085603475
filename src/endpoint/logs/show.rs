use belfry_engine::base::Millis;
use belfry_engine::events::{LogGroup, LogStream};
use belfry_engine::metrics::{MetricFilter, Unit};

use crate::endpoint::{Context, Document};

/// A time as CloudWatch Logs writes it: a number of milliseconds.
pub(super) fn millis(at: Millis) -> Document {
    Document::Integer(at.0)
}

/// A map of texts.
pub(super) fn texts(entries: impl IntoIterator<Item = (String, String)>) -> Document {
    Document::map(entries.into_iter().map(|(k, v)| (k, Document::from(v))))
}

/// A group as DescribeLogGroups shows it. With `logGroupNamePattern` AWS leaves two members out (recorded).
pub(super) fn log_group(cx: &Context<'_>, group: &LogGroup, by_pattern: bool) -> Document {
    let filters = cx.account.metric_filters.of_group(group.name()).count();
    let stored = (!by_pattern).then(|| group.stored_bytes());
    Document::structure([
        ("logGroupName", Document::from(group.name().as_ref())),
        ("creationTime", millis(group.creation_time())),
        ("retentionInDays", group.retention_days().into()),
        ("metricFilterCount", filters.into()),
        ("arn", format!("{}:*", group.arn()).into()),
        ("storedBytes", stored.into()),
        ("logGroupClass", group.class().as_str().into()),
        ("logGroupArn", group.arn().into()),
        (
            "deletionProtectionEnabled",
            (!by_pattern).then_some(false).into(),
        ),
    ])
}

/// The sequence token of every stream that has had events. AWS takes any token since 2023; the API's
/// answers still carry one.
pub(super) const SEQUENCE_TOKEN: &str = "49000000000000000000000000000000000000000000000000000002";

/// A stream as DescribeLogStreams shows it. `storedBytes` is always zero on AWS since June 2019.
pub(super) fn log_stream(group: &LogGroup, stream: &LogStream) -> Document {
    let token = stream.last_ingestion().map(|_| SEQUENCE_TOKEN);
    Document::structure([
        ("logStreamName", Document::from(stream.name().as_ref())),
        ("creationTime", millis(stream.creation_time())),
        (
            "firstEventTimestamp",
            stream.first_event().map(|t| t.0).into(),
        ),
        (
            "lastEventTimestamp",
            stream.last_event().map(|t| t.0).into(),
        ),
        (
            "lastIngestionTime",
            stream.last_ingestion().map(|t| t.0).into(),
        ),
        ("uploadSequenceToken", token.into()),
        (
            "arn",
            format!("{}:log-stream:{}", group.arn(), stream.name()).into(),
        ),
        ("storedBytes", 0_i64.into()),
    ])
}

/// A metric filter as DescribeMetricFilters shows it.
pub(super) fn metric_filter(group: &str, filter: &MetricFilter) -> Document {
    let transformation = &filter.transformation;
    let dimensions = transformation.dimensions.clone();
    let unit = transformation.unit.map(Unit::as_str);
    let transformation = Document::structure([
        ("metricName", Document::from(&transformation.name)),
        ("metricNamespace", (&transformation.namespace).into()),
        ("metricValue", (&transformation.value).into()),
        ("defaultValue", transformation.default_value.into()),
        (
            "dimensions",
            if dimensions.is_empty() {
                Document::Null
            } else {
                texts(dimensions)
            },
        ),
        ("unit", unit.into()),
    ]);
    let system = match filter.system_dimensions.len() {
        0 => Document::Null,
        _ => Document::list(filter.system_dimensions.keys()),
    };
    Document::structure([
        ("filterName", Document::from(&filter.name)),
        ("filterPattern", (&filter.pattern_text).into()),
        (
            "metricTransformations",
            Document::List(vec![transformation]),
        ),
        ("creationTime", millis(filter.creation_time)),
        ("logGroupName", group.into()),
        ("applyOnTransformedLogs", false.into()),
        (
            "fieldSelectionCriteria",
            filter.selection.as_ref().map(|s| s.as_str()).into(),
        ),
        ("emitSystemFieldDimensions", system),
    ])
}
