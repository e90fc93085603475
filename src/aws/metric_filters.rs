use std::collections::BTreeMap;

use aws_sdk_cloudwatchlogs::types::{MetricFilter, MetricTransformation, StandardUnit};

use super::cloud::AwsCloud;
use super::log_groups::{GroupTags, Groups};
use super::side_by_side::side_by_side_all;
use super::{CloudError, Session};
use crate::iam::{APPLY, Action, On, READERS};
use crate::provision::resources::MetricFilterResource;
use crate::provision::{Address, Kind, Observed, Ownership, Resource};
use crate::why::FeedingFilter;

/// What this file asks of AWS.
pub(super) const ACTIONS: &[Action] = &[
    Action::new(
        "describe_metric_filters",
        "logs:DescribeMetricFilters",
        On::LogGroupsBeside,
        READERS,
    ),
    Action::new(
        "put_metric_filter",
        "logs:PutMetricFilter",
        On::LogGroups,
        APPLY,
    ),
    // What left the suite may be in a group that left it too.
    Action::new(
        "delete_metric_filter",
        "logs:DeleteMetricFilter",
        On::OwnLogGroupsBeside,
        APPLY,
    ),
    Action::new(
        "untag_resource",
        "logs:UntagResource",
        On::OwnLogGroupsBeside,
        APPLY,
    ),
];

/// Metric filters carry no tags; each filter of a suite has a tag of this prefix and its name on its log
/// group, with the suite as value. So a filter that left the suite is told from one that a person made.
const FILTER_TAG: &str = "belfry:metric-filter:";

impl AwsCloud {
    pub(super) async fn observe_metric_filters(
        &self,
        groups: &Groups,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        // Groups of other classes have none, and AWS refuses to be asked for them.
        let standard = groups
            .iter()
            .filter(|(name, _)| is_standard(observed, name));
        let standard: Vec<_> = standard.collect();
        let lists = standard
            .iter()
            .map(|(group, known)| self.owned_filters(group, known));
        let lists = side_by_side_all(lists.collect()).await;
        for ((group, known), filters) in standard.into_iter().zip(lists) {
            let filters = match filters {
                Err(error) if known.is_left && error.is_denied() => {
                    let address = Address::new(Kind::LogGroup, group);
                    observed.unread.insert(address, error.to_string());
                    continue;
                }
                filters => filters?,
            };
            for (filter, ownership) in filters {
                observed.insert(Resource::MetricFilter(filter), ownership, None);
            }
        }
        Ok(())
    }

    /// The filters of a group with their owners; what the index does not say is read from the group itself.
    async fn owned_filters(
        &self,
        group: &str,
        known: &GroupTags,
    ) -> Result<Vec<(MetricFilterResource, Ownership)>, CloudError> {
        let filters = self.filters_of(group).await?;
        let owner = |filter: &MetricFilterResource, tags: &BTreeMap<String, String>| {
            self.filter_ownership(&filter.name, tags)
        };
        let are_ours = filters
            .iter()
            .all(|filter| owner(filter, &known.tags) == Ownership::Ours);
        let read = match known.are_claims && !are_ours {
            true => Some(self.log_group_tags(group).await?),
            false => None,
        };
        let tags = read.as_ref().unwrap_or(&known.tags);
        let owned = filters.into_iter().map(|filter| {
            let owner = owner(&filter, tags);
            (filter, owner)
        });
        Ok(owned.collect())
    }

    async fn filters_of(&self, group: &str) -> Result<Vec<MetricFilterResource>, CloudError> {
        self.filters_named(group, None).await
    }

    /// The filters of a group, or those whose names begin with `prefix`.
    async fn filters_named(
        &self,
        group: &str,
        prefix: Option<&str>,
    ) -> Result<Vec<MetricFilterResource>, CloudError> {
        let client = self.session.logs();
        let request = client.describe_metric_filters().log_group_name(group);
        let request = request.set_filter_name_prefix(prefix.map(str::to_owned));
        let mut filters = request.into_paginator().items().send();
        let mut found = Vec::new();
        while let Some(filter) = filters.next().await {
            let filter =
                filter.map_err(|e| CloudError::from_sdk("DescribeMetricFilters", group, &e))?;
            found.push(resource(group, &filter));
        }
        Ok(found)
    }

    /// One filter as it is now.
    pub(super) async fn observe_filter(
        &self,
        filter: &MetricFilterResource,
        observed: &mut Observed,
    ) -> Result<(), CloudError> {
        let group = &filter.log_group;
        let found = self.filters_named(group, Some(&filter.name)).await;
        let found = match found {
            Err(error) if error.is_not_found() => return Ok(()),
            found => found?,
        };
        if let Some(found) = found.into_iter().find(|other| other.name == filter.name) {
            let tags = self.log_group_tags(group).await?;
            let ownership = self.filter_ownership(&found.name, &tags);
            observed.insert(Resource::MetricFilter(found), ownership, None);
        }
        Ok(())
    }

    /// Says on its log group that a filter is the suite's.
    pub(super) async fn claim_filter(
        &self,
        filter: &MetricFilterResource,
    ) -> Result<(), CloudError> {
        let tag = format!("{FILTER_TAG}{}", filter.name);
        self.tag_log_group(&filter.log_group, &tag).await
    }

    fn filter_ownership(&self, name: &str, tags: &BTreeMap<String, String>) -> Ownership {
        let tag = format!("{FILTER_TAG}{name}");
        match tags.get(&tag) {
            Some(suite) if *suite == self.suite => Ownership::Ours,
            Some(other) => {
                Ownership::Foreign(format!("the tag `{tag}` of its log group names `{other}`"))
            }
            None => Ownership::Unclaimed(format!("its log group carries no tag `{tag}`")),
        }
    }

    pub(super) async fn put_metric_filter(
        &self,
        filter: &MetricFilterResource,
    ) -> Result<(), CloudError> {
        self.claim_filter(filter).await?;
        self.session
            .logs()
            .put_metric_filter()
            .log_group_name(&filter.log_group)
            .filter_name(&filter.name)
            .filter_pattern(&filter.pattern)
            .set_field_selection_criteria(filter.selection.clone())
            .metric_transformations(transformation(filter)?)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("PutMetricFilter", &filter.name, &e))?;
        Ok(())
    }

    pub(super) async fn delete_metric_filter(
        &self,
        filter: &MetricFilterResource,
    ) -> Result<(), CloudError> {
        self.session
            .logs()
            .delete_metric_filter()
            .log_group_name(&filter.log_group)
            .filter_name(&filter.name)
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("DeleteMetricFilter", &filter.name, &e))?;
        self.session
            .logs()
            .untag_resource()
            .resource_arn(self.place.log_group_arn(&filter.log_group))
            .tag_keys(format!("{FILTER_TAG}{}", filter.name))
            .send()
            .await
            .map_err(|e| CloudError::from_sdk("UntagResource", &filter.log_group, &e))?;
        Ok(())
    }
}

impl Session {
    /// The metric filters of any log group that publish to a metric (DescribeMetricFilters).
    pub async fn feeding_filters(
        &self,
        namespace: &str,
        metric: &str,
    ) -> Result<Vec<FeedingFilter>, CloudError> {
        let client = self.logs();
        let request = client.describe_metric_filters();
        let request = request.metric_namespace(namespace).metric_name(metric);
        let mut filters = request.into_paginator().items().send();
        let mut found = Vec::new();
        while let Some(filter) = filters.next().await {
            let filter =
                filter.map_err(|e| CloudError::from_sdk("DescribeMetricFilters", metric, &e))?;
            let transformation = filter.metric_transformations().first();
            let value = transformation.map(|t| t.metric_value().to_owned());
            found.push(FeedingFilter {
                log_group: filter.log_group_name().unwrap_or_default().to_owned(),
                name: filter.filter_name().unwrap_or_default().to_owned(),
                pattern: filter.filter_pattern().unwrap_or_default().to_owned(),
                value: value.unwrap_or_default(),
                default: transformation.and_then(MetricTransformation::default_value),
            });
        }
        Ok(found)
    }
}

fn is_standard(observed: &Observed, group: &str) -> bool {
    let address = Address::new(Kind::LogGroup, group);
    let found = observed.resources.get(&address);
    !matches!(found.map(|found| &found.resource), Some(Resource::LogGroup(group)) if !group.is_standard())
}

fn transformation(filter: &MetricFilterResource) -> Result<MetricTransformation, CloudError> {
    let dimensions = filter.dimensions.clone().into_iter();
    let dimensions = (!filter.dimensions.is_empty()).then(|| dimensions.collect());
    let unit = (filter.unit != "None").then(|| StandardUnit::from(filter.unit.as_str()));
    MetricTransformation::builder()
        .metric_namespace(&filter.namespace)
        .metric_name(&filter.metric)
        .metric_value(&filter.value)
        .set_default_value(filter.default)
        .set_dimensions(dimensions)
        .set_unit(unit)
        .build()
        .map_err(|e| CloudError::local("PutMetricFilter", &filter.name, e.to_string()))
}

fn resource(group: &str, filter: &MetricFilter) -> MetricFilterResource {
    let transformation = filter.metric_transformations().first();
    let text = |read: fn(&MetricTransformation) -> &str| {
        transformation.map(read).unwrap_or_default().to_owned()
    };
    let dimensions = transformation.and_then(|t| t.dimensions().cloned());
    let unit = transformation
        .and_then(|t| t.unit())
        .map(StandardUnit::as_str);
    MetricFilterResource {
        name: filter.filter_name().unwrap_or_default().to_owned(),
        log_group: group.to_owned(),
        pattern: filter.filter_pattern().unwrap_or_default().to_owned(),
        namespace: text(MetricTransformation::metric_namespace),
        metric: text(MetricTransformation::metric_name),
        value: text(MetricTransformation::metric_value),
        default: transformation.and_then(MetricTransformation::default_value),
        unit: unit.unwrap_or("None").to_owned(),
        dimensions: dimensions.into_iter().flatten().collect(),
        selection: filter
            .field_selection_criteria()
            .filter(|criteria| !criteria.is_empty())
            .map(str::to_owned),
        other: other(filter),
    }
}

/// What a suite never sets.
fn other(filter: &MetricFilter) -> BTreeMap<String, String> {
    let mut other = BTreeMap::new();
    if filter.apply_on_transformed_logs() {
        other.insert("applyOnTransformedLogs".to_owned(), "true".to_owned());
    }
    let fields = filter.emit_system_field_dimensions();
    if !fields.is_empty() {
        other.insert("emitSystemFieldDimensions".to_owned(), fields.join(", "));
    }
    other
}
