use std::collections::BTreeSet;

use belfry_engine::account::MOST_METRIC_FILTERS;
use belfry_engine::pattern::FilterPattern;

use super::Look;
use crate::provision::resources::MetricFilterResource;
use crate::provision::{Action, Address, Resource};

/// So many filters of a log group may hold regular expressions (CloudWatch Logs quotas).
const MOST_WITH_EXPRESSIONS: usize = 5;

/// A log group that has its most filters takes no more, whoever made them.
pub(super) fn too_many(look: &Look<'_>) -> Vec<String> {
    let Some(filter) = made(look) else {
        return Vec::new();
    };
    let all = filters_of(look, &filter.log_group).len();
    match all > MOST_METRIC_FILTERS && look.change.action == Action::Create {
        true => vec![format!(
            "a log group takes at most {MOST_METRIC_FILTERS} metric filters; with this one it would have {all}"
        )],
        false => Vec::new(),
    }
}

/// The same for filters with regular expressions.
pub(super) fn too_many_expressions(look: &Look<'_>) -> Vec<String> {
    let Some(filter) = made(look).filter(|filter| has_expressions(filter)) else {
        return Vec::new();
    };
    let all = filters_of(look, &filter.log_group);
    let count = all
        .values()
        .filter(|filter| has_expressions(filter))
        .count();
    match count > MOST_WITH_EXPRESSIONS {
        true => vec![format!(
            "a log group takes at most {MOST_WITH_EXPRESSIONS} metric filters with regular expressions; it would have {count}"
        )],
        false => Vec::new(),
    }
}

fn made<'a>(look: &Look<'a>) -> Option<&'a MetricFilterResource> {
    match look.change.after.as_ref()? {
        Resource::MetricFilter(filter) => Some(filter),
        _ => None,
    }
}

fn has_expressions(filter: &MetricFilterResource) -> bool {
    FilterPattern::parse(&filter.pattern).is_ok_and(|pattern| pattern.regular_expressions() > 0)
}

/// The filters that the group will have: those wanted, and those found that are not the suite's to delete.
fn filters_of<'a>(
    look: &Look<'a>,
    group: &str,
) -> std::collections::BTreeMap<&'a Address, &'a MetricFilterResource> {
    let wanted: BTreeSet<&Address> = look.desired.resources.keys().collect();
    let kept = look.observed.resources.iter().filter(|(address, found)| {
        !wanted.contains(address) && found.ownership.objection().is_some()
    });
    let kept = kept.map(|(address, found)| (address, &found.resource));
    let all = look.desired.resources.iter().chain(kept);
    let filters = all.filter_map(|(address, resource)| match resource {
        Resource::MetricFilter(filter) if filter.log_group == group => Some((address, filter)),
        _ => None,
    });
    filters.collect()
}
