use belfry_engine::dashboard::{self, WidgetKind};
use belfry_engine::diag::{Diagnostic, Severity, check as codes, nearest};

use super::{Check, Finding, Subject};

/// A widget that shows an alarm that the suite does not have.
pub(super) const CHECK: Check = Check {
    code: &codes::UNKNOWN_ALARM,
    look,
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let suite = subject.suite;
    let known = suite.alarm_names();
    for board in &suite.dashboards {
        let Ok(loaded) = dashboard::load(&board.source) else {
            continue;
        };
        for (index, widget) in loaded.dashboard.widgets.iter().enumerate() {
            for name in shown(&widget.kind) {
                if known.contains(&name) {
                    continue;
                }
                let at = board.place_of(&format!("/widgets/{index}/properties"));
                let near = nearest(name, known.iter().copied());
                let message =
                    format!("a widget shows the alarm `{name}`, which the suite does not have");
                let mut diagnostic = Diagnostic::error(CHECK.code, at, message);
                // Somebody else's alarm may be shown.
                if near.is_none() && !name.starts_with(&suite.prefix) {
                    diagnostic.severity = Severity::Warning;
                }
                findings.push(Finding {
                    path: board.path.clone(),
                    on: board.subject(),
                    diagnostic: match near {
                        Some(near) => diagnostic
                            .help(format!("an alarm with a similar name exists: `{near}`")),
                        None => diagnostic.help("CloudWatch draws an empty place for it"),
                    },
                });
            }
        }
    }
}

fn shown(kind: &WidgetKind) -> Vec<&str> {
    match kind {
        WidgetKind::Alarm(alarms) => alarms.names(),
        WidgetKind::Metric(metric) => {
            let name = metric
                .alarm
                .iter()
                .filter_map(|arn| Some(arn.split_once(":alarm:")?.1));
            name.collect()
        }
        WidgetKind::Text(_) | WidgetKind::Log(_) | WidgetKind::Undrawn(_) => Vec::new(),
    }
}
