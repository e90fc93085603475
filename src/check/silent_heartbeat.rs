use belfry_engine::diag::{Diagnostic, check as codes};

use super::published::{self, Useful};
use super::{Check, Finding, Subject};
use crate::suite::{Alarm, FILE_NAME, MetricStat, Watch};

/// An alarm that should tell of silence and takes silence for good news.
pub(super) const CHECK: Check = Check {
    code: &codes::SILENT_HEARTBEAT,
    look,
};

fn look(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for alarm in &subject.suite.alarms {
        let Watch::Metric(stat) = &alarm.watch else {
            continue;
        };
        if !alarm.comparison.starts_with("LessThan") || !is_heartbeat(stat) {
            continue;
        }
        let Some(reason) = silence(alarm) else {
            continue;
        };
        let message = format!(
            "the alarm `{}` waits for too little of `{}`, and {reason}",
            alarm.head.name, stat.metric.name
        );
        findings.push(Finding {
            path: FILE_NAME.to_owned(),
            on: format!("alarm.{}", alarm.head.name),
            diagnostic: Diagnostic::warning(CHECK.code, alarm.head.place, message)
                .help("`treat_missing_data = \"breaching\"`: what is gone counts as too little"),
        });
    }
}

/// Whether nothing at all is the worst of too little: numbers of events or of things that run. A share of nothing is none.
fn is_heartbeat(stat: &MetricStat) -> bool {
    let rows = published::of(&stat.metric.namespace, &stat.metric.name);
    let is_level = !rows.is_empty() && rows.iter().all(|row| row.useful == Useful::Level);
    let counts = stat.metric.name.ends_with("Count");
    matches!(stat.statistic.as_str(), "Sum" | "SampleCount") || (is_level && counts)
}

/// What happens where data is missing, if nobody is told of it.
fn silence(alarm: &Alarm) -> Option<&'static str> {
    match alarm.treat_missing_data.as_deref() {
        Some("breaching") => None,
        Some("notBreaching") => Some("missing data counts as enough"),
        Some("ignore") => Some("missing data leaves its state as it is"),
        _ if alarm.head.actions.insufficient_data.is_empty() => {
            Some("missing data ends in INSUFFICIENT_DATA, which tells nobody")
        }
        _ => None,
    }
}
