use belfry_engine::dashboard::{self, WidgetKind};
use belfry_engine::diag::{Diagnostic, Severity, check as codes, nearest};

use super::{Check, Finding, Subject};

/// A log widget over a group that the suite does not declare.
pub(super) const CHECK: Check = Check {
    code: &codes::UNDECLARED_GROUP,
    look,
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let groups = &subject.suite.log_groups;
    let known: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
    for board in &subject.suite.dashboards {
        let Ok(loaded) = dashboard::load(&board.source) else {
            continue;
        };
        for (index, widget) in loaded.dashboard.widgets.iter().enumerate() {
            let WidgetKind::Log(log) = &widget.kind else {
                continue;
            };
            // Groups of other accounts are named by their ARNs.
            let names = log.log_groups.iter().map(String::as_str);
            let unknown = names.filter(|name| !known.contains(name) && !name.starts_with("arn:"));
            for name in unknown {
                let at = board.place_of(&format!("/widgets/{index}/properties/query"));
                let near = nearest(name, known.iter().copied());
                let message = format!(
                    "a widget asks the log group `{name}`, which the suite does not declare"
                );
                let mut diagnostic = Diagnostic::error(CHECK.code, at, message);
                if near.is_none() {
                    diagnostic.severity = Severity::Warning;
                }
                findings.push(Finding {
                    path: board.path.clone(),
                    on: board.subject(),
                    diagnostic: match near {
                        Some(near) => diagnostic.help(format!("a group with a similar name is declared: `{near}`")),
                        None => diagnostic.help("declare it as [[log_group]], so that it is there and keeps its events long enough"),
                    },
                });
            }
        }
    }
}
