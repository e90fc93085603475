use belfry_engine::diag::{Diagnostic, check as codes};

use super::{Check, Finding, Subject};
use crate::suite::FILE_NAME;

/// An alarm without an action for ALARM that no composite alarm reads.
pub(super) const CHECK: Check = Check {
    code: &codes::SILENT_ALARM,
    look,
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let suite = subject.suite;
    // An alarm that a composite alarm reads need not tell anybody itself.
    let composites = &suite.composite_alarms;
    let is_read = |name: &str| composites.iter().any(|c| c.rule.alarms().contains(&name));
    for alarm in suite.alarm_heads() {
        let name = alarm.name.as_str();
        if alarm.actions.alarm.is_empty() && !is_read(name) {
            let message = format!("the alarm `{name}` tells nobody");
            findings.push(Finding {
                path: FILE_NAME.to_owned(),
                on: format!("alarm.{name}"),
                diagnostic: Diagnostic::warning(CHECK.code, alarm.place, message)
                    .help("name a topic: `actions = [\"…\"]`"),
            });
        }
    }
}
