use belfry_engine::diag::{Diagnostic, Span, check as codes, nearest};

use super::published::{Published, of, tables};
use super::used_metric::{Name, used, with};
use super::{Check, Finding, Subject};

/// A metric in a namespace of AWS that AWS does not publish there.
pub(super) const CHECK: Check = Check {
    code: &codes::FOREIGN_METRIC,
    look,
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for one in used(subject.suite) {
        let diagnostic = judge(&one.name, one.is_exact, &one.user, one.at);
        findings.extend(diagnostic.map(|diagnostic| Finding {
            path: one.path,
            on: one.on,
            diagnostic,
        }));
    }
}

/// Sure where the name is known and its dimensions are others, or where a known name is near; a name that nothing
/// resembles may be newer than the table.
fn judge(name: &Name, is_exact: bool, user: &str, at: Span) -> Option<Diagnostic> {
    let (namespace, metric, dimensions) = name;
    let ours = || tables().filter(|p| p.namespace == namespace);
    let message = format!(
        "{user} `{metric}` of `{namespace}` {}, which AWS does not publish",
        with(dimensions)
    );
    let known = of(namespace, metric);
    if !known.is_empty() {
        let error = Diagnostic::error(CHECK.code, at, message);
        let is_there = known.iter().any(|row| match is_exact {
            true => row.has(dimensions),
            false => row.has_more_than(dimensions),
        });
        return (!is_there).then(|| error.help(published(&known)));
    }
    ours().next()?;
    let names = ours().flat_map(|p| p.names.iter().copied());
    Some(match nearest(metric, names) {
        Some(near) => Diagnostic::error(CHECK.code, at, message).help(format!(
            "a metric with a similar name is published: `{near}`"
        )),
        None => Diagnostic::warning(CHECK.code, at, message)
            .help("a metric that AWS added lately is allowed with an [[allow]]"),
    })
}

fn published(known: &[&Published]) -> String {
    let sets = known.iter().flat_map(|row| row.dimensions).map(|set| {
        if set.is_empty() {
            return "no dimension".to_owned();
        }
        let names: Vec<String> = set.iter().map(|name| format!("`{name}`")).collect();
        names.join(" and ")
    });
    let sets: Vec<String> = sets.collect();
    format!("it is published by {}", sets.join("; by "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(namespace: &str, metric: &str, dimensions: &[&str]) -> Option<String> {
        let dimensions = dimensions.iter().map(|d| (*d).to_owned()).collect();
        let name = (namespace.to_owned(), metric.to_owned(), dimensions);
        let found = judge(&name, true, "a widget draws", Span::default())?;
        Some(format!("{:?}: {:?}", found.severity, found.help))
    }

    #[test]
    fn what_aws_publishes_is_fine() {
        let set = ["ServiceName", "ClusterName"];
        assert_eq!(told("AWS/ECS", "CPUUtilization", &set), None);
    }

    #[test]
    fn hosts_are_counted_by_target_group_alone() {
        let told = told("AWS/ApplicationELB", "HealthyHostCount", &["LoadBalancer"]).unwrap();
        assert!(
            told.starts_with("Error") && told.contains("`TargetGroup`"),
            "{told}"
        );
    }

    #[test]
    fn a_misspelt_name_is_an_error_and_an_unheard_one_a_warning() {
        let misspelt = told("AWS/ECS", "CPUUtilisation", &["ClusterName"]).unwrap();
        assert!(misspelt.starts_with("Error") && misspelt.contains("`CPUUtilization`"));
        let unheard = told("AWS/ECS", "Mood", &["ClusterName"]).unwrap();
        assert!(unheard.starts_with("Warning"), "{unheard}");
    }

    #[test]
    fn a_namespace_without_a_table_is_not_judged() {
        assert_eq!(told("AWS/Lambda", "Errors", &[]), None);
    }
}
