use std::collections::BTreeSet;

use belfry_engine::dashboard::{self, WidgetKind};
use belfry_engine::diag::{Diagnostic, Severity, Span, check as codes, nearest};
use belfry_engine::insights::{Query, compile_saved, compile_with};

use super::{Check, Contract, Finding, Subject};
use crate::suite::{Dashboard, FILE_NAME};

/// A field in a query that no line of the service has.
pub(super) const CHECK: Check = Check {
    code: &codes::UNKNOWN_FIELD,
    look,
};

/// Where a query stands.
#[derive(Clone, Copy)]
enum Origin<'s> {
    /// It is the file, and its places are those of the file.
    File,
    /// In a dashboard.
    Board(&'s Dashboard),
    /// In a log alarm, whose name stands here.
    Alarm(Span),
}

/// A query with what is needed to judge it.
struct Asked<'s> {
    path: &'s str,
    /// The text of the file.
    source: &'s str,
    origin: Origin<'s>,
    who: String,
    /// As an `[[allow]]` names it.
    on: String,
    groups: Vec<String>,
    query: Query,
}

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let known = known(subject.contract);
    if subject.contract.fields().is_empty() {
        return;
    }
    let mut asked = saved(subject);
    asked.extend(drawn(subject));
    asked.extend(alarmed(subject));
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

fn saved<'s>(subject: &Subject<'s>) -> Vec<Asked<'s>> {
    let queries = subject.suite.queries.iter();
    let asked = queries.filter_map(|saved| {
        let (query, _) = compile_saved(&saved.definition(), &[]).ok()?;
        Some(Asked {
            path: &saved.path,
            source: &saved.text,
            origin: Origin::File,
            who: format!("the query `{}` reads", saved.stem),
            on: format!("query.{}", saved.stem),
            groups: saved.log_groups.clone(),
            query,
        })
    });
    asked.collect()
}

/// The queries of log alarms, which stand in belfry.toml.
fn alarmed<'s>(subject: &Subject<'s>) -> Vec<Asked<'s>> {
    let callable = subject.suite.saved_queries();
    let alarms = subject.suite.log_alarms.iter();
    let asked = alarms.filter_map(|alarm| {
        let (query, _) = compile_with(&alarm.query, &callable).ok()?;
        Some(Asked {
            path: FILE_NAME,
            source: subject.toml,
            origin: Origin::Alarm(alarm.head.place),
            who: format!("the alarm `{}` reads", alarm.head.name),
            on: format!("alarm.{}", alarm.head.name),
            groups: alarm.log_groups.clone(),
            query,
        })
    });
    asked.collect()
}

fn drawn<'s>(subject: &Subject<'s>) -> Vec<Asked<'s>> {
    let callable = subject.suite.saved_queries();
    let mut asked = Vec::new();
    for board in &subject.suite.dashboards {
        let Ok(loaded) = dashboard::load(&board.source) else {
            continue;
        };
        for widget in loaded.dashboard.widgets {
            if let WidgetKind::Log(log) = widget.kind
                && let Ok((query, _)) = compile_with(&log.query, &callable)
            {
                asked.push(Asked {
                    path: &board.path,
                    source: &board.text,
                    origin: Origin::Board(board),
                    who: "a widget reads".to_owned(),
                    on: board.subject(),
                    groups: log.log_groups,
                    query,
                });
            }
        }
    }
    asked
}

fn judge(one: &Asked<'_>, is_ours: bool, known: &BTreeSet<String>, findings: &mut Vec<Finding>) {
    let json: BTreeSet<&str> = one.query.event_fields().collect();
    let mut seen = BTreeSet::new();
    for (name, span) in one.query.reads() {
        let near = nearest(name, known.iter().map(String::as_str));
        if !json.contains(name) || holds(known, name) || (near.is_none() && !is_ours) {
            continue;
        }
        let place = place(one, name, span);
        if !seen.insert((name, place)) {
            continue;
        }
        let message = format!("{} `{name}`, which no log line has", one.who);
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

/// Where the field is read; in a dashboard the first place where its name stands.
fn place(one: &Asked<'_>, name: &str, span: Span) -> Span {
    let board = match one.origin {
        Origin::File => return span,
        Origin::Alarm(place) => return place,
        Origin::Board(board) => board,
    };
    let start = board.source.find(name).unwrap_or_default();
    board.in_file(Span::new(
        start,
        (start + name.len()).min(board.source.len()),
    ))
}
