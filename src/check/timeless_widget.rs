use belfry_engine::dashboard::View;
use belfry_engine::diag::{Diagnostic, check as codes};

use super::asked::asked;
use super::{Check, Finding, Subject};

/// A log widget that draws over time what its query does not count over time.
pub(super) const CHECK: Check = Check {
    code: &codes::TIMELESS_WIDGET,
    look,
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for one in asked(subject) {
        if one.view != Some(View::TimeSeries) || one.query.is_over_time() {
            continue;
        }
        let message = "a widget draws lines over time, and its query has no `stats … by bin(…)`";
        findings.push(Finding {
            path: one.path.to_owned(),
            on: one.on.clone(),
            diagnostic: Diagnostic::warning(CHECK.code, one.whole(), message).help(
                "count by time, as `stats count(*) by bin(5m)`, or draw it as a `table` or `bar`",
            ),
        });
    }
}
