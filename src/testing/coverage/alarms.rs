use belfry_engine::alarms::StateValue;

use super::{Point, Ran, Reached};
use crate::replay::What;
use crate::suite::{Alarm, FILE_NAME, Suite};
use crate::testing::Expected;

/// Of every alarm: that it fires, that it comes back, and what it makes of missing data.
pub(super) fn points(suite: &Suite) -> Vec<(Point, Reached<'_>)> {
    let mut points: Vec<(Point, Reached<'_>)> = Vec::new();
    for alarm in &suite.alarms {
        let fires: Reached<'_> = Box::new(|ran| changes(ran, alarm, |_, to| to));
        let recovers: Reached<'_> = Box::new(|ran| changes(ran, alarm, |from, _| from));
        let dry: Reached<'_> = Box::new(|ran| ran.outcome.ran_dry.contains(&alarm.name));
        points.push((point(alarm, "goes into ALARM"), fires));
        points.push((point(alarm, "comes back"), recovers));
        points.push((point(alarm, "missing data"), dry));
    }
    points
}

fn point(alarm: &Alarm, what: &str) -> Point {
    Point {
        subject: format!("alarm {}", alarm.name),
        what: what.to_owned(),
        path: FILE_NAME.to_owned(),
        at: alarm.place(),
        tests: Vec::new(),
        exempt: None,
    }
}

/// Whether the alarm changed between ALARM, on the side that `side` picks, and another state in a test that says
/// its whole timeline.
fn changes(ran: Ran<'_>, alarm: &Alarm, side: fn(StateValue, StateValue) -> StateValue) -> bool {
    let has_timeline = ran.test.expected.iter().any(|expected| {
        matches!(expected, Expected::Alarm(e) if e.name == alarm.name && e.timeline.is_some())
    });
    let mut own = ran
        .outcome
        .happenings
        .iter()
        .filter(|h| h.alarm == alarm.name);
    has_timeline
        && own.any(|happening| match happening.what {
            What::State { from, to, .. } => side(from, to) == StateValue::Alarm,
            What::Action { .. } => false,
        })
}
