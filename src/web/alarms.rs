use std::sync::Arc;

use belfry_engine::alarms::StateValue;

use super::html::{escape, notice};
use super::router::Main;
use super::{AlarmSummary, DashboardSource};

/// All alarms: those in ALARM first, with state, reason and since when.
pub(super) async fn main(source: &Arc<dyn DashboardSource>) -> Main {
    let mut alarms = source.alarms().await?;
    if alarms.is_empty() {
        return Ok(Some(notice(
            "the endpoint has no alarms: `belfry apply` puts those of the suite",
        )));
    }
    alarms.sort_by(|a, b| (rank(a.state), &a.name).cmp(&(rank(b.state), &b.name)));
    let rows: String = alarms.iter().map(row).collect();
    Ok(Some(format!(
        "<table><thead><tr><th>State</th><th>Alarm</th><th>Reason</th><th>Since (UTC)</th></tr></thead>\n\
         <tbody>\n{rows}</tbody></table>\n"
    )))
}

/// ALARM, INSUFFICIENT_DATA, OK.
pub(super) fn rank(state: StateValue) -> u8 {
    match state {
        StateValue::Alarm => 0,
        StateValue::InsufficientData => 1,
        StateValue::Ok => 2,
    }
}

/// A state in its colour.
pub(super) fn badge(state: StateValue) -> String {
    let class = match state {
        StateValue::Alarm => "alarm",
        StateValue::InsufficientData => "insufficient",
        StateValue::Ok => "ok",
    };
    let name = state.as_str().replace('_', " ");
    format!("<span class=\"badge {class}\">{name}</span>")
}

fn row(alarm: &AlarmSummary) -> String {
    format!(
        "<tr><td>{}</td><td><strong>{}</strong><br><span class=\"small\">{}</span></td><td>{}</td>\
         <td class=\"time\">{}</td></tr>\n",
        badge(alarm.state),
        escape(&alarm.name),
        escape(&alarm.description),
        escape(&alarm.reason),
        alarm.updated.strftime("%F %H:%M:%S"),
    )
}
