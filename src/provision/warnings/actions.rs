use super::Look;
use crate::provision::Resource;

/// Actions of an alarm for each state at most (PutMetricAlarm, `AlarmActions`).
const MOST: usize = 5;

/// An alarm with more actions than it can have is refused.
pub(super) fn too_many(look: &Look<'_>) -> Vec<String> {
    let lists = match &look.change.after {
        Some(Resource::Alarm(alarm)) => [
            ("actions", &alarm.alarm_actions),
            ("ok_actions", &alarm.ok_actions),
            (
                "insufficient_data_actions",
                &alarm.insufficient_data_actions,
            ),
        ],
        Some(Resource::CompositeAlarm(alarm)) => [
            ("actions", &alarm.alarm_actions),
            ("ok_actions", &alarm.ok_actions),
            (
                "insufficient_data_actions",
                &alarm.insufficient_data_actions,
            ),
        ],
        _ => return Vec::new(),
    };
    let long = lists.into_iter().filter(|(_, list)| list.len() > MOST);
    long.map(|(name, list)| {
        let count = list.len();
        format!("CloudWatch takes at most {MOST} actions for a state; `{name}` has {count}")
    })
    .collect()
}
