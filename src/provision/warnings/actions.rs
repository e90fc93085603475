use super::Look;
use crate::provision::Resource;

/// Actions of an alarm for each state at most (PutMetricAlarm, `AlarmActions`).
const MOST: usize = 5;

/// An alarm with more actions than it can have is refused.
pub(super) fn too_many(look: &Look<'_>) -> Vec<String> {
    let actions = match &look.change.after {
        Some(Resource::Alarm(alarm)) => &alarm.actions,
        Some(Resource::LogAlarm(alarm)) => &alarm.actions,
        Some(Resource::CompositeAlarm(alarm)) => &alarm.actions,
        _ => return Vec::new(),
    };
    let lists = actions.lists().into_iter();
    let long = lists.filter(|(_, list)| list.len() > MOST);
    long.map(|(name, list)| {
        let count = list.len();
        format!("CloudWatch takes at most {MOST} actions for a state; `{name}` has {count}")
    })
    .collect()
}
