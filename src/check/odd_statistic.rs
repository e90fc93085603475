use belfry_engine::diag::{Diagnostic, check as codes};
use belfry_engine::metrics::Statistic;

use super::published::{self, Useful};
use super::used_metric::{Used, used};
use super::{Check, Finding, Subject};

/// A statistic that says nothing about what the metric measures.
pub(super) const CHECK: Check = Check {
    code: &codes::ODD_STATISTIC,
    look,
};

/// Units of which sums mean nothing: shares, and moments of waiting.
const LEVELS: &[&str] = &["Percent", "Seconds", "Milliseconds", "Microseconds"];

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for one in used(subject.suite) {
        let statistic = one.statistic.as_deref().map(Statistic::parse);
        let Some(Ok(statistic)) = statistic else {
            continue;
        };
        if let Some((reason, help)) = odd(subject, &one, statistic) {
            let message = format!("{} the {statistic} of `{}`, {reason}", one.user, one.name.1);
            findings.push(Finding {
                path: one.path,
                on: one.on,
                diagnostic: Diagnostic::warning(CHECK.code, one.at, message).help(help),
            });
        }
    }
}

/// Why it is odd, and what would say something.
fn odd(subject: &Subject<'_>, one: &Used, statistic: Statistic) -> Option<(String, &'static str)> {
    let (namespace, name, _) = &one.name;
    let is_sum = matches!(statistic, Statistic::Sum | Statistic::TrimmedSum(_));
    let is_count = matches!(
        statistic,
        Statistic::SampleCount | Statistic::TrimmedCount(_)
    );
    let level = "take Average, Minimum, Maximum or a percentile";
    let rows = published::of(namespace, name);
    if !rows.is_empty() {
        let is = |useful| rows.iter().all(|row| row.useful == useful);
        if is(Useful::Sum) && !is_sum && !is_count {
            let reason = "whose samples are single events: AWS names Sum as what it means";
            return Some((reason.to_owned(), "take Sum"));
        }
        let reason = "which adds up levels of several reporters";
        return (is(Useful::Level) && is_sum).then(|| (reason.to_owned(), level));
    }
    if let Some((value, has_default)) = constant(subject, namespace, name) {
        // With a default of 0 the average is the share of events that match.
        let is_odd = !is_sum && !is_count && !has_default;
        let reason = format!("whose samples are all {value}");
        return is_odd.then_some((reason, "take Sum"));
    }
    // An expression may make a mean of it.
    let unit = unit(subject, namespace, name).filter(|unit| LEVELS.contains(&unit.as_str()));
    let is_odd = is_sum && one.is_shown;
    unit.filter(|_| is_odd)
        .map(|unit| (format!("which adds up {}", unit.to_lowercase()), level))
}

/// The number that every matching event publishes, and whether others publish one too.
fn constant(subject: &Subject<'_>, namespace: &str, name: &str) -> Option<(String, bool)> {
    let mut filters = subject.suite.metric_filters.iter();
    let filter = filters.find(|f| f.namespace == namespace && f.metric == name)?;
    let number: f64 = filter.value.parse().ok()?;
    Some((number.to_string(), filter.default.is_some()))
}

fn unit(subject: &Subject<'_>, namespace: &str, name: &str) -> Option<String> {
    let of_contract = subject.contract.traits(namespace, name);
    let of_contract = of_contract.and_then(|(unit, _)| unit.map(str::to_owned));
    let mut filters = subject.suite.metric_filters.iter();
    let filter = filters.find(|f| f.namespace == namespace && f.metric == name);
    of_contract.or_else(|| filter.map(|filter| filter.unit.clone()))
}
