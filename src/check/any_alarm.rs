use belfry_engine::diag::Span;

use crate::suite::Suite;

/// What alarms of every kind have.
#[derive(Clone, Copy)]
pub(super) struct AnyAlarm<'s> {
    pub(super) name: &'s str,
    pub(super) runbook: &'s str,
    /// Topics told of ALARM.
    pub(super) actions: &'s [String],
    pub(super) place: Span,
}

/// Metric, log and composite alarms.
pub(super) fn all(suite: &Suite) -> Vec<AnyAlarm<'_>> {
    let metric = suite.alarms.iter().map(|a| AnyAlarm {
        name: &a.name,
        runbook: &a.runbook,
        actions: &a.actions,
        place: a.place(),
    });
    let log = suite.log_alarms.iter().map(|a| AnyAlarm {
        name: &a.name,
        runbook: &a.runbook,
        actions: &a.actions,
        place: a.place(),
    });
    let composite = suite.composite_alarms.iter().map(|a| AnyAlarm {
        name: &a.name,
        runbook: &a.runbook,
        actions: &a.actions,
        place: a.place(),
    });
    metric.chain(log).chain(composite).collect()
}
