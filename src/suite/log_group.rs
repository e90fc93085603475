use belfry_engine::diag::{Diagnostic, Span, suite as codes};

use super::names::spelling;
use super::section::Section;

/// A log group and how long it keeps events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogGroup {
    /// `/ecs/fraud-detection/application`.
    pub name: String,
    /// Days; for ever where absent.
    pub retention_days: Option<i64>,
    pub(super) at: Span,
}

/// The days PutRetentionPolicy takes (API reference of CloudWatch Logs, `retentionInDays`).
const RETENTION_DAYS: &[i64] = &[
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922,
    3288, 3653,
];

impl LogGroup {
    pub(super) fn read(cx: &mut Vec<Diagnostic>, mut section: Section<'_>) -> Option<Self> {
        let name = section.required_string(cx, "name");
        let retention = section.integer(cx, "retention_days");
        section.finish(cx);
        if let Some((days, at)) = retention
            && !RETENTION_DAYS.contains(&days)
        {
            let allowed: Vec<String> = RETENTION_DAYS.iter().map(i64::to_string).collect();
            let message = format!("log groups cannot keep events for {days} days");
            cx.push(
                Diagnostic::error(&codes::OUT_OF_RANGE, at, message)
                    .help(format!("CloudWatch takes {}", allowed.join(", "))),
            );
        }
        let name = name?;
        spelling(cx, "log group", &name, "_-/.#", 512);
        Some(Self {
            at: name.at,
            name: name.value,
            retention_days: retention.map(|(days, _)| days),
        })
    }
}
