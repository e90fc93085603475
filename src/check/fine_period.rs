use belfry_engine::diag::{Diagnostic, check as codes};

use super::used_metric::{Used, used};
use super::{Check, Finding, Subject, published};
use crate::suite::Suite;

/// A period shorter than the time between two datapoints of the metric.
pub(super) const CHECK: Check = Check {
    code: &codes::FINE_PERIOD,
    look,
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for one in used(subject.suite) {
        let Some((every, period)) = every(subject, &one).zip(one.period) else {
            continue;
        };
        if period >= every {
            continue;
        }
        let message = format!(
            "{} `{}` every {period} seconds, and it has one datapoint in {every}",
            one.user, one.name.1
        );
        let diagnostic = Diagnostic::warning(CHECK.code, one.at, message);
        findings.push(Finding {
            path: one.path,
            on: one.on,
            diagnostic: diagnostic.help(format!("take a period of {every} seconds or more")),
        });
    }
}

/// Seconds between two datapoints, where it is known. Metric filters publish by the minute.
fn every(subject: &Subject<'_>, one: &Used) -> Option<i64> {
    let (namespace, name, _) = &one.name;
    let of_aws = published::of(namespace, name)
        .into_iter()
        .map(|row| row.every)
        .min();
    let of_contract = subject
        .contract
        .traits(namespace, name)
        .map(|(_, every)| every);
    let of_filter = is_filtered(subject.suite, namespace, name).then_some(60);
    of_aws.or(of_contract).or(of_filter)
}

fn is_filtered(suite: &Suite, namespace: &str, name: &str) -> bool {
    let mut filters = suite.metric_filters.iter();
    filters.any(|filter| filter.namespace == namespace && filter.metric == name)
}
