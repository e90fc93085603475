use crate::alarms::{StateChange, region_name};

/// SNS's own limit for a subject.
const SUBJECT_CHARACTERS: usize = 100;

/// `ALARM: "NAME" in US East (N. Virginia)`, at most 100 characters: a long name loses its end.
pub(super) fn subject(change: &StateChange, region: &str) -> String {
    let head = format!("{}: \"", change.new.value.as_str());
    let tail = format!("\" in {}", region_name(region));
    let name = change.alarm.name();
    let room = SUBJECT_CHARACTERS.saturating_sub(head.chars().count() + tail.chars().count());
    if name.chars().count() <= room {
        return format!("{head}{name}{tail}");
    }
    let kept: String = name.chars().take(room.saturating_sub(3)).collect();
    format!("{head}{kept}...{tail}")
}
