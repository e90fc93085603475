use std::collections::BTreeMap;

use crate::metrics::MetricFilter;
use crate::pattern::PatternSet;

/// A log group has at most this many metric filters (CloudWatch Logs quotas).
pub const MOST_METRIC_FILTERS: usize = 100;

/// Metric filters by log group and name.
#[derive(Clone, Debug, Default)]
pub struct MetricFilterStore {
    groups: BTreeMap<String, GroupFilters>,
}

/// The filters of a log group by name.
#[derive(Clone, Debug, Default)]
struct GroupFilters {
    filters: BTreeMap<String, MetricFilter>,
    /// Their patterns in order of their names.
    patterns: PatternSet,
}

impl GroupFilters {
    fn collect_patterns(&mut self) {
        self.patterns = PatternSet::new(self.filters.values().map(|filter| &filter.pattern));
    }
}

impl MetricFilterStore {
    /// Creates the filter, or replaces the one of the same name.
    pub fn put(&mut self, group: &str, filter: MetricFilter) {
        let of_group = self.groups.entry(group.into()).or_default();
        of_group.filters.insert(filter.name.clone(), filter);
        of_group.collect_patterns();
    }

    /// Removes a filter; whether it was there.
    pub fn delete(&mut self, group: &str, name: &str) -> bool {
        let Some(of_group) = self.groups.get_mut(group) else {
            return false;
        };
        let was_there = of_group.filters.remove(name).is_some();
        of_group.collect_patterns();
        was_there
    }

    /// Removes all filters of a group that is gone.
    pub fn delete_group(&mut self, group: &str) {
        self.groups.remove(group);
    }

    /// The filters of a group in order of their names.
    pub fn of_group(&self, group: &str) -> impl Iterator<Item = &MetricFilter> {
        let of_group = self.groups.get(group).into_iter();
        of_group.flat_map(|of_group| of_group.filters.values())
    }

    /// The patterns of a group's filters, in the order of [`MetricFilterStore::of_group`]; nothing where the group has
    /// no filter.
    pub fn patterns(&self, group: &str) -> Option<&PatternSet> {
        let of_group = self.groups.get(group)?;
        (!of_group.patterns.is_empty()).then_some(&of_group.patterns)
    }

    /// One filter.
    pub fn get(&self, group: &str, name: &str) -> Option<&MetricFilter> {
        self.groups.get(group)?.filters.get(name)
    }

    /// All filters with their groups, in order of group and name.
    pub fn all(&self) -> impl Iterator<Item = (&str, &MetricFilter)> {
        self.groups
            .iter()
            .flat_map(|(group, of)| of.filters.values().map(move |f| (group.as_str(), f)))
    }
}
