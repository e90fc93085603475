use belfry_engine::alarms::StateValue;
use belfry_engine::diag::Span;

use super::{Point, Ran, Reached};
use crate::replay::What;
use crate::suite::{FILE_NAME, Suite};

/// Of every alarm: that it fires and that it comes back; of a metric alarm also what it makes of missing data. What is
/// only evaluated by CloudWatch needs no test.
pub(super) fn points(suite: &Suite) -> Vec<(Point, Reached<'_>)> {
    let mut points: Vec<(Point, Reached<'_>)> = Vec::new();
    for alarm in &suite.alarms {
        let mut of_alarm = fires_and_recovers(&alarm.head.name, alarm.head.place);
        let dry: Reached<'_> = Box::new(|ran| ran.outcome.ran_dry.contains(&alarm.head.name));
        of_alarm.push((
            point(&alarm.head.name, alarm.head.place, "missing data"),
            dry,
        ));
        for (point, _) in &mut of_alarm {
            point.exempt = alarm.unevaluated().map(str::to_owned);
        }
        points.extend(of_alarm);
    }
    for alarm in &suite.log_alarms {
        points.extend(fires_and_recovers(&alarm.head.name, alarm.head.place));
    }
    for alarm in &suite.composite_alarms {
        points.extend(fires_and_recovers(&alarm.head.name, alarm.head.place));
    }
    points
}

fn fires_and_recovers(name: &str, at: Span) -> Vec<(Point, Reached<'_>)> {
    let fires: Reached<'_> = Box::new(move |ran| changes(ran, name, |_, to| to));
    let recovers: Reached<'_> = Box::new(move |ran| changes(ran, name, |from, _| from));
    vec![
        (point(name, at, "goes into ALARM"), fires),
        (point(name, at, "comes back"), recovers),
    ]
}

fn point(name: &str, at: Span, what: &str) -> Point {
    Point {
        subject: format!("alarm {name}"),
        what: what.to_owned(),
        path: FILE_NAME.to_owned(),
        at,
        tests: Vec::new(),
        exempt: None,
    }
}

/// Whether the alarm changed between ALARM, on the side that `side` picks, and another state in a test that says
/// its whole timeline.
fn changes(ran: Ran<'_>, name: &str, side: fn(StateValue, StateValue) -> StateValue) -> bool {
    let mut expected = ran.test.alarms();
    let has_timeline = expected.any(|e| e.name == name && e.timeline.is_some());
    let mut own = ran.outcome.happenings.iter().filter(|h| h.alarm == name);
    has_timeline
        && own.any(|happening| match happening.what {
            What::State { from, to, .. } => side(from, to) == StateValue::Alarm,
            What::Action { .. } => false,
        })
}
