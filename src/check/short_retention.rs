use belfry_engine::dashboard::{self, RangeStart, WidgetKind};
use belfry_engine::diag::{Diagnostic, check as codes};

use super::{Check, Finding, Subject};

/// A log widget that looks further back than its log group keeps events.
pub(super) const CHECK: Check = Check {
    code: &codes::SHORT_RETENTION,
    look,
};

const DAY: i64 = 86_400_000;

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let groups = &subject.suite.log_groups;
    for board in &subject.suite.dashboards {
        let Ok(loaded) = dashboard::load(&board.source) else {
            continue;
        };
        let Some(RangeStart::Relative(range)) = loaded.dashboard.start else {
            continue;
        };
        for (index, widget) in loaded.dashboard.widgets.iter().enumerate() {
            let WidgetKind::Log(log) = &widget.kind else {
                continue;
            };
            let asked = groups
                .iter()
                .filter(|group| log.log_groups.contains(&group.name));
            let days = |days: &i64| days.saturating_mul(DAY) < range;
            let short =
                asked.filter_map(|group| Some((&group.name, group.retention_days.filter(days)?)));
            for (name, days) in short {
                let at = board.place_of(&format!("/widgets/{index}/properties/query"));
                let back = (range + DAY - 1) / DAY;
                let message = format!(
                    "a widget looks {back} days back, and the log group `{name}` keeps events for {days}"
                );
                findings.push(Finding {
                    path: board.path.clone(),
                    on: board.subject(),
                    diagnostic: Diagnostic::warning(CHECK.code, at, message).help(
                        "raise `retention_days`, or let a metric filter keep the figure for 15 months",
                    ),
                });
            }
        }
    }
}
