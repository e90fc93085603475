use std::collections::BTreeMap;

use belfry_engine::base::Millis;

use crate::endpoint::Document;

/// A log group has at most two (CloudWatch Logs quotas).
pub(super) const MOST: usize = 2;

/// The subscription filters of a region, by log group and name. They are kept and listed; nothing is delivered
/// to their destinations, since none of those services is here.
#[derive(Clone, Debug, Default)]
pub struct SubscriptionFilters {
    filters: BTreeMap<(String, String), SubscriptionFilter>,
}

/// One of them.
#[derive(Clone, Debug)]
pub(super) struct SubscriptionFilter {
    pub(super) pattern: String,
    pub(super) destination: String,
    pub(super) role: Option<String>,
    pub(super) distribution: String,
    pub(super) created: Millis,
}

impl SubscriptionFilters {
    /// Creates the filter, or replaces the one of the same name.
    pub(super) fn put(&mut self, group: &str, name: &str, filter: SubscriptionFilter) {
        let key = (group.to_owned(), name.to_owned());
        self.filters.insert(key, filter);
    }

    /// Removes a filter; whether it was there.
    pub(super) fn delete(&mut self, group: &str, name: &str) -> bool {
        let key = (group.to_owned(), name.to_owned());
        self.filters.remove(&key).is_some()
    }

    /// Removes all filters of a group that is gone.
    pub(super) fn delete_group(&mut self, group: &str) {
        self.filters.retain(|(of, _), _| of != group);
    }

    /// The filters of a group by name.
    pub(super) fn of_group(
        &self,
        group: &str,
    ) -> impl Iterator<Item = (&str, &SubscriptionFilter)> {
        let all = self.filters.iter();
        all.filter(move |((of, _), _)| of == group)
            .map(|((_, name), filter)| (name.as_str(), filter))
    }
}

impl SubscriptionFilter {
    /// As DescribeSubscriptionFilters shows it.
    pub(super) fn document(&self, group: &str, name: &str) -> Document {
        Document::structure([
            ("filterName", Document::from(name)),
            ("logGroupName", group.into()),
            ("filterPattern", self.pattern.as_str().into()),
            ("destinationArn", self.destination.as_str().into()),
            ("roleArn", self.role.clone().into()),
            ("distribution", self.distribution.as_str().into()),
            ("applyOnTransformedLogs", false.into()),
            ("creationTime", Document::Integer(self.created.0)),
        ])
    }
}
