use serde_json::Value;

use crate::alarms::StateValue;

use super::members::{Members, Problems};

/// How an alarm widget sorts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum AlarmSort {
    /// By name.
    #[default]
    Name,
    /// ALARM, INSUFFICIENT_DATA, OK; the newest change first inside each.
    State,
    /// The newest change first.
    Changed,
}

/// A widget of type `alarm`: the states of alarms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlarmWidget {
    /// Above it.
    pub title: Option<String>,
    /// ARNs.
    pub alarms: Vec<String>,
    /// How it sorts.
    pub sort: AlarmSort,
    /// Only these states; empty for all.
    pub states: Vec<StateValue>,
}

impl AlarmWidget {
    /// The names in its ARNs.
    pub fn names(&self) -> Vec<&str> {
        let name = |arn: &String| arn.find(":alarm:").map(|at| at + ":alarm:".len());
        let named = self.alarms.iter().filter_map(|arn| arn.get(name(arn)?..));
        named.collect()
    }
}

const SORTS: &[(&str, AlarmSort)] = &[
    ("default", AlarmSort::Name),
    ("stateUpdatedTimestamp", AlarmSort::State),
    ("timestamp", AlarmSort::Changed),
];

/// Reads the properties of an alarm widget.
pub(super) fn alarm_widget(value: &Value, path: &str, cx: &mut Problems) -> Option<AlarmWidget> {
    let members = Members::of(value, path, &["title", "alarms", "sortBy", "states"], cx);
    members.required("alarms", cx);
    let alarms = strings(&members, "alarms", cx)?;
    if alarms.is_empty() {
        cx.error(&members.at("alarms"), "Should NOT have fewer than 1 items");
    }
    if alarms.len() > 100 {
        cx.error(&members.at("alarms"), "Should NOT have more than 100 items");
    }
    let given = strings(&members, "states", cx).unwrap_or_default();
    let states: Vec<_> = given
        .iter()
        .filter_map(|s| StateValue::parse(s).ok())
        .collect();
    if states.len() < given.len() {
        cx.error(
            &members.at("states"),
            "Should be equal to one of the allowed values: OK, ALARM, INSUFFICIENT_DATA",
        );
    }
    Some(AlarmWidget {
        title: members.text("title", cx),
        alarms,
        sort: members.one_of("sortBy", SORTS, cx).unwrap_or_default(),
        states,
    })
}

fn strings(members: &Members<'_>, name: &str, cx: &mut Problems) -> Option<Vec<String>> {
    let values = members.array(name, cx)?;
    let texts: Vec<_> = values
        .iter()
        .filter_map(|v| v.as_str().map(str::to_owned))
        .collect();
    if texts.len() < values.len() {
        cx.error(&members.at(name), "Should be an array of strings");
    }
    Some(texts)
}
