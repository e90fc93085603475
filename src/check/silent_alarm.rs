use belfry_engine::diag::{Diagnostic, check as codes};

use super::{Check, Finding, Subject};
use crate::suite::FILE_NAME;

/// An alarm without an action for ALARM.
pub(super) const CHECK: Check = Check {
    code: &codes::SILENT_ALARM,
    look,
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for alarm in &subject.suite.alarms {
        if alarm.actions.is_empty() {
            let message = format!("the alarm `{}` tells nobody", alarm.name);
            findings.push(Finding {
                path: FILE_NAME.to_owned(),
                diagnostic: Diagnostic::warning(CHECK.code, alarm.place(), message)
                    .help("name a topic: `actions = [\"…\"]`"),
            });
        }
    }
}
