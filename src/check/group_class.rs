use belfry_engine::diag::{Diagnostic, check as codes};

use super::asked::{Origin, asked};
use super::{Check, Finding, Subject};
use crate::suite::FILE_NAME;

/// Something over a log group whose class does not have it.
pub(super) const CHECK: Check = Check {
    code: &codes::GROUP_CLASS,
    look,
};

const HELP: &str = "the class is chosen when a group is made, for good: `class = \"STANDARD\"` under another name, or do without";

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let class = |name: &str| {
        let groups = &subject.suite.log_groups;
        let found = groups.iter().find(|group| group.name == name)?;
        (!found.is_standard()).then_some(found.class.as_str())
    };
    for filter in &subject.suite.metric_filters {
        let Some(class) = class(&filter.log_group) else {
            continue;
        };
        let message = format!(
            "the metric filter `{}` is on the log group `{}`, whose class {class} has no metric filters",
            filter.name, filter.log_group
        );
        findings.push(Finding {
            path: FILE_NAME.to_owned(),
            on: format!("metric_filter.{}", filter.name),
            diagnostic: Diagnostic::error(CHECK.code, filter.place(), message).help(HELP),
        });
    }
    for one in asked(subject) {
        let named = one
            .groups
            .iter()
            .find_map(|name| Some((name, class(name)?)));
        let Some((name, class)) = named else { continue };
        for (command, span) in one.query.standard_only() {
            let message = format!(
                "{} uses `{command}` on the log group `{name}`, whose class {class} does not know it",
                one.who
            );
            findings.push(Finding {
                path: one.path.to_owned(),
                on: one.on.clone(),
                diagnostic: Diagnostic::error(
                    CHECK.code,
                    match one.origin {
                        Origin::File => *span,
                        _ => one.whole(),
                    },
                    message,
                )
                .help(HELP),
            });
        }
    }
}
