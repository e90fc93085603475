use std::collections::BTreeSet;

use belfry_engine::diag::{Diagnostic, Severity, check as codes, nearest};

use super::asked::{Asked, Origin, asked};
use super::{Check, Contract, Finding, Subject};

/// A field in a query that no line of the service has.
pub(super) const CHECK: Check = Check {
    code: &codes::UNKNOWN_FIELD,
    look,
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let known = known(subject.contract);
    if subject.contract.fields().is_empty() {
        return;
    }
    let asked = asked(subject);
    let ours: BTreeSet<&String> = asked
        .iter()
        .filter(|one| one.query.event_fields().any(|name| holds(&known, name)))
        .flat_map(|one| &one.groups)
        .collect();
    for one in &asked {
        let is_ours = !one.groups.is_empty() && one.groups.iter().all(|group| ours.contains(group));
        judge(one, is_ours, &known, findings);
    }
}

/// The fields of the contract, and what embedded metrics add to the lines.
fn known(contract: &Contract) -> BTreeSet<String> {
    let mut known: BTreeSet<String> = contract.fields().iter().cloned().collect();
    known.insert("_aws".to_owned());
    for (_, name, dimensions) in contract.metrics() {
        known.insert(name.to_owned());
        known.extend(dimensions.iter().cloned());
    }
    known
}

/// Members of a field that is known are not judged.
fn holds(known: &BTreeSet<String>, name: &str) -> bool {
    let root = name.split('.').next().unwrap_or(name);
    known.contains(name) || known.contains(root)
}

fn judge(one: &Asked<'_>, is_ours: bool, known: &BTreeSet<String>, findings: &mut Vec<Finding>) {
    let json: BTreeSet<&str> = one.query.event_fields().collect();
    let mut seen = BTreeSet::new();
    for (name, span) in one.query.reads() {
        let near = nearest(name, known.iter().map(String::as_str));
        if !json.contains(name) || holds(known, name) || (near.is_none() && !is_ours) {
            continue;
        }
        let place = one.place(name, span);
        if !seen.insert((name, place)) {
            continue;
        }
        let message = format!("{} reads `{name}`, which no log line has", one.who);
        let mut diagnostic = Diagnostic::error(CHECK.code, place, message);
        if !is_ours {
            diagnostic.severity = Severity::Warning;
        }
        let why = "a field with a similar name exists";
        let diagnostic = match near {
            Some(near)
                if matches!(one.origin, Origin::File)
                    && one.source.get(place.start..place.end) == Some(name) =>
            {
                diagnostic.replace(place, near, why)
            }
            Some(near) => diagnostic.help(format!("{why}: `{near}`")),
            None => diagnostic.help("the service's fields stand in scoring-service/signals.json"),
        };
        findings.push(Finding {
            path: one.path.to_owned(),
            on: one.on.clone(),
            diagnostic,
        });
    }
}
