use std::collections::BTreeSet;

use super::{billing, containers, ecs, load_balancer, log_groups};

/// Metrics of one namespace of AWS that have the same sets of dimensions and are read alike.
pub(crate) struct Published {
    pub(crate) namespace: &'static str,
    pub(crate) names: &'static [&'static str],
    /// Each set of dimension names under which they are published.
    pub(crate) dimensions: &'static [&'static [&'static str]],
    pub(crate) useful: Useful,
    /// Seconds from one datapoint to the next.
    pub(crate) every: i64,
}

/// Which statistics mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Useful {
    /// All.
    All,
    /// The sum alone: each sample is 1, or a part of the whole.
    Sum,
    /// All but the sum: samples are shares or levels, and as many as there are reporters.
    Level,
}

impl Published {
    /// Whether they are published with exactly these dimensions.
    pub(crate) fn has(&self, dimensions: &BTreeSet<String>) -> bool {
        self.dimensions.iter().any(|set| {
            set.len() == dimensions.len() && set.iter().all(|name| dimensions.contains(*name))
        })
    }

    /// Whether they are published with these dimensions among others.
    pub(crate) fn has_more_than(&self, dimensions: &BTreeSet<String>) -> bool {
        let holds = |set: &&[&str]| dimensions.iter().all(|name| set.contains(&name.as_str()));
        self.dimensions.iter().any(holds)
    }
}

const TABLES: &[&[Published]] = &[
    load_balancer::PUBLISHED,
    ecs::PUBLISHED,
    containers::PUBLISHED,
    log_groups::PUBLISHED,
    billing::PUBLISHED,
];

/// All tables.
pub(crate) fn tables() -> impl Iterator<Item = &'static Published> {
    TABLES.iter().flat_map(|table| table.iter())
}

/// The rows of a metric: one name may be published in several ways.
pub(crate) fn of(namespace: &str, name: &str) -> Vec<&'static Published> {
    let rows = tables().filter(|row| row.namespace == namespace && row.names.contains(&name));
    rows.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_has_names_and_dimensions_in_order() {
        for row in tables() {
            assert!(!row.names.is_empty() && !row.dimensions.is_empty());
            assert!(row.names.is_sorted(), "{}: {:?}", row.namespace, row.names);
            assert!(row.every >= 60, "{}", row.namespace);
        }
    }

    #[test]
    fn dimensions_are_a_set() {
        let [row] = of("AWS/ApplicationELB", "HealthyHostCount")[..] else {
            panic!("one row")
        };
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        assert!(row.has(&set(&["TargetGroup", "LoadBalancer"])));
        assert!(!row.has(&set(&["LoadBalancer"])));
        assert!(row.has_more_than(&set(&["LoadBalancer"])));
    }
}
