use serde_json::{Value, json};

use super::{QueryRun, RunOutcome, StoredLogAlarm};
use crate::alarms::reason::json_time;
use crate::base::Millis;

/// `StateReasonData` of a log alarm, members as in the user guide; newest result first.
pub(super) fn reason_data(stored: &StoredLogAlarm, now: Millis) -> String {
    let results: Vec<Value> = stored.runs.iter().rev().map(result).collect();
    json!({
        "version": "1.0",
        "queryDate": json_time(now),
        "threshold": stored.alarm.threshold,
        "queryResultsToEvaluate": stored.alarm.query_results_to_evaluate,
        "queryResultsToAlarm": stored.alarm.query_results_to_alarm,
        "results": results,
    })
    .to_string()
}

fn result(run: &QueryRun) -> Value {
    let (status, value) = match &run.outcome {
        RunOutcome::Failed(_) => ("Failed", None),
        RunOutcome::Complete { series, .. } => ("Complete", series.first().and_then(|(_, v)| *v)),
    };
    let mut shown = json!({
        "queryResultId": run.id,
        "status": status,
        "timestamp": json_time(run.at),
    });
    if let Some(value) = value {
        shown["value"] = json!(value);
    }
    shown
}
