use std::cmp::Reverse;
use std::sync::Arc;

use belfry_engine::dashboard::{AlarmSort, AlarmWidget};

use super::super::alarms::{badge, rank};
use super::super::html::{escape, notice};
use super::super::{AlarmSummary, DashboardSource};

/// The states of the widget's alarms; names without an alarm are said to be missing.
pub(super) async fn content(source: &Arc<dyn DashboardSource>, widget: &AlarmWidget) -> String {
    let alarms = match source.alarms().await {
        Ok(alarms) => alarms,
        Err(error) => return notice(&error.to_string()),
    };
    let names = widget.names();
    let is_shown = |alarm: &&AlarmSummary| {
        let state = widget.states.is_empty() || widget.states.contains(&alarm.state);
        state && names.contains(&alarm.name.as_str())
    };
    let mut shown: Vec<_> = alarms.iter().filter(is_shown).collect();
    match widget.sort {
        AlarmSort::Name => shown.sort_by_key(|a| a.name.clone()),
        AlarmSort::State => shown.sort_by_key(|a| (rank(a.state), Reverse(a.updated))),
        AlarmSort::Changed => shown.sort_by_key(|a| Reverse(a.updated)),
    }
    let item = |alarm: &AlarmSummary| {
        let (name, reason) = (escape(&alarm.name), escape(&alarm.reason));
        let badge = badge(alarm.state);
        format!("<li title=\"{reason}\">{badge} {name}</li>\n")
    };
    let list: String = shown.into_iter().map(item).collect();
    let missing: String = names
        .iter()
        .filter(|name| !alarms.iter().any(|alarm| alarm.name == **name))
        .map(|name| notice(&format!("no alarm `{name}` on this endpoint")))
        .collect();
    format!("<ul class=\"plain\">\n{list}</ul>\n{missing}")
}
