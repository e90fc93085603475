use std::collections::BTreeSet;

use belfry_engine::diag::{Diagnostic, Severity, check as codes, nearest};
use belfry_engine::pattern::FilterPattern;

use super::{Check, Contract, Finding, Subject};
use crate::suite::{FILE_NAME, MetricFilter};

/// A metric filter that looks at a field that no line of the service has.
pub(super) const CHECK: Check = Check {
    code: &codes::UNKNOWN_PATTERN_FIELD,
    look,
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let contract = subject.contract;
    if contract.fields().is_empty() {
        return;
    }
    let filters: Vec<(&MetricFilter, BTreeSet<String>)> = subject
        .suite
        .metric_filters
        .iter()
        .map(|filter| (filter, members(filter)))
        .collect();
    // Groups in which some filter looks at a field of the contract are those that the contract is about.
    let ours: BTreeSet<&str> = filters
        .iter()
        .filter(|(_, members)| members.iter().any(|name| contract.has_field(name)))
        .map(|(filter, _)| filter.log_group.as_str())
        .collect();
    for (filter, members) in &filters {
        let is_ours = ours.contains(filter.log_group.as_str());
        for name in members {
            findings.extend(judge(filter, name, is_ours, contract));
        }
    }
}

/// The first keys of all selectors: of the pattern, the value and the dimensions.
fn members(filter: &MetricFilter) -> BTreeSet<String> {
    let pattern = FilterPattern::parse(&filter.pattern).ok();
    let of_pattern = pattern.iter().flat_map(|pattern| pattern.members());
    let selectors = filter.dimensions.values().chain([&filter.value]);
    let of_selectors = selectors.filter_map(|selector| {
        let path = selector.strip_prefix("$.")?;
        let end = path.find(['.', '[']).unwrap_or(path.len());
        path.get(..end).filter(|name| !name.is_empty())
    });
    of_pattern.chain(of_selectors).map(str::to_owned).collect()
}

fn judge(filter: &MetricFilter, name: &str, is_ours: bool, contract: &Contract) -> Option<Finding> {
    let near = nearest(name, contract.fields().iter().map(String::as_str));
    if contract.has_field(name) || (near.is_none() && !is_ours) {
        return None;
    }
    let message = format!(
        "the metric filter `{}` looks at `{name}`, which no log line has",
        filter.name
    );
    let mut diagnostic = Diagnostic::error(CHECK.code, filter.place(), message);
    if !is_ours {
        diagnostic.severity = Severity::Warning;
    }
    Some(Finding {
        path: FILE_NAME.to_owned(),
        on: format!("metric_filter.{}", filter.name),
        diagnostic: match near {
            Some(near) => diagnostic.help(format!("a field with a similar name exists: `{near}`")),
            None => diagnostic.help("the service's fields stand in scoring-service/signals.json"),
        },
    })
}
