use std::collections::BTreeMap;

use crate::metrics::MetricFilter;

/// A log group has at most this many metric filters (CloudWatch Logs quotas).
pub const MOST_METRIC_FILTERS: usize = 100;

/// Metric filters by log group and name.
#[derive(Clone, Debug, Default)]
pub struct MetricFilterStore {
    groups: BTreeMap<String, BTreeMap<String, MetricFilter>>,
}

impl MetricFilterStore {
    /// Creates the filter, or replaces the one of the same name.
    pub fn put(&mut self, group: &str, filter: MetricFilter) {
        let filters = self.groups.entry(group.into()).or_default();
        filters.insert(filter.name.clone(), filter);
    }

    /// Removes a filter; whether it was there.
    pub fn delete(&mut self, group: &str, name: &str) -> bool {
        let filters = self.groups.get_mut(group);
        filters.is_some_and(|filters| filters.remove(name).is_some())
    }

    /// Removes all filters of a group that is gone.
    pub fn delete_group(&mut self, group: &str) {
        self.groups.remove(group);
    }

    /// The filters of a group in order of their names.
    pub fn of_group(&self, group: &str) -> impl Iterator<Item = &MetricFilter> {
        self.groups
            .get(group)
            .into_iter()
            .flat_map(BTreeMap::values)
    }

    /// One filter.
    pub fn get(&self, group: &str, name: &str) -> Option<&MetricFilter> {
        self.groups.get(group)?.get(name)
    }

    /// All filters with their groups, in order of group and name.
    pub fn all(&self) -> impl Iterator<Item = (&str, &MetricFilter)> {
        self.groups
            .iter()
            .flat_map(|(group, filters)| filters.values().map(move |f| (group.as_str(), f)))
    }
}
