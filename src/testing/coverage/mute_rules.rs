use super::{Point, Ran, Reached};
use crate::suite::{FILE_NAME, Suite};

/// Of every mute rule: that one of its alarms changed its state while it was active, in a test that says whom that alarm
/// notifies.
pub(super) fn points(suite: &Suite) -> Vec<(Point, Reached<'_>)> {
    let mut points: Vec<(Point, Reached<'_>)> = Vec::new();
    for rule in &suite.mute_rules {
        let mutes: Reached<'_> = Box::new(|ran: Ran<'_>| {
            let mut expected = ran.test.notified_alarms();
            ran.outcome.muted.contains(&rule.name) && expected.any(|a| rule.alarms.contains(a))
        });
        let point = Point {
            subject: format!("mute rule {}", rule.name),
            what: "mutes".to_owned(),
            path: FILE_NAME.to_owned(),
            at: rule.place(),
            tests: Vec::new(),
            exempt: None,
        };
        points.push((point, mutes));
    }
    points
}
