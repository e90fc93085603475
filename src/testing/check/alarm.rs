use std::collections::BTreeMap;

use belfry_engine::alarms::StateValue;
use belfry_engine::base::Millis;
use belfry_engine::diag::{Diagnostic, test as codes};

use crate::replay::{Happening, What};
use crate::testing::failure::Side;
use crate::testing::{AlarmExpected, Failure, Notified, StateAt, Test, short};

/// Holds what an alarm did against what is expected of it.
pub(in crate::testing) fn alarm(
    test: &Test,
    expected: &AlarmExpected,
    happenings: &[Happening],
    failures: &mut Vec<Failure>,
) {
    let own = || happenings.iter().filter(|h| h.alarm == expected.name);
    let states: Vec<(StateAt, &str)> = own().filter_map(state).collect();
    if let Some(timeline) = &expected.timeline {
        failures.extend(check_timeline(test, expected, timeline, &states));
    }
    let fired = states.iter().find(|(s, _)| s.state == StateValue::Alarm);
    if let (true, Some((first, reason))) = (expected.silent, fired) {
        failures.push(not_silent(test, expected, *first, reason));
    }
    if let Some(notified) = &expected.notified {
        let sent: Vec<Notified> = own().filter_map(sent).collect();
        failures.extend(check_notified(test, expected, notified, &sent));
    }
}

fn state(happening: &Happening) -> Option<(StateAt, &str)> {
    match &happening.what {
        What::State { to, reason, .. } => {
            let at = happening.at;
            Some((StateAt { at, state: *to }, reason))
        }
        What::Action { .. } => None,
    }
}

/// Only topics can be told of locally; other actions fail and tell nobody.
fn sent(happening: &Happening) -> Option<Notified> {
    match &happening.what {
        What::Action {
            arn,
            succeeded: true,
        } => Some(Notified {
            at: happening.at,
            topic: arn.rsplit(':').next().unwrap_or_default().to_owned(),
        }),
        What::Action { .. } | What::State { .. } => None,
    }
}

fn check_timeline(
    test: &Test,
    expected: &AlarmExpected,
    timeline: &[StateAt],
    states: &[(StateAt, &str)],
) -> Option<Failure> {
    if timeline.iter().eq(states.iter().map(|(state, _)| state)) {
        return None;
    }
    let mut sides = Sides::new(test);
    for state in timeline {
        sides.at(state.at).expected = state.state.as_str().to_owned();
    }
    for (state, reason) in states {
        let side = sides.at(state.at);
        side.got = state.state.as_str().to_owned();
        if !side.is_equal() {
            side.reason = (*reason).to_owned();
        }
    }
    let message = format!("the alarm `{}` went another way", expected.name);
    Some(Failure {
        diagnostic: Diagnostic::error(&codes::WRONG_TIMELINE, expected.at, message),
        sides: sides.in_order(),
    })
}

fn not_silent(test: &Test, expected: &AlarmExpected, first: StateAt, reason: &str) -> Failure {
    let message = format!("the alarm `{}` is not silent", expected.name);
    let mut sides = Sides::new(test);
    let side = sides.at(first.at);
    side.got = first.state.as_str().to_owned();
    side.reason = reason.to_owned();
    Failure {
        diagnostic: Diagnostic::error(&codes::WRONG_TIMELINE, expected.at, message),
        sides: sides.in_order(),
    }
}

fn check_notified(
    test: &Test,
    expected: &AlarmExpected,
    notified: &[Notified],
    sent: &[Notified],
) -> Option<Failure> {
    let mut sent: Vec<&Notified> = sent.iter().collect();
    sent.sort_by(|a, b| (a.at, &a.topic).cmp(&(b.at, &b.topic)));
    if notified.iter().eq(sent.iter().copied()) {
        return None;
    }
    let mut sides = Sides::new(test);
    for one in notified {
        add(&mut sides.at(one.at).expected, &one.topic);
    }
    for one in sent {
        add(&mut sides.at(one.at).got, &one.topic);
    }
    let message = format!("the alarm `{}` notified others", expected.name);
    Some(Failure {
        diagnostic: Diagnostic::error(&codes::WRONG_NOTIFICATIONS, expected.notified_at, message),
        sides: sides.in_order(),
    })
}

fn add(side: &mut String, topic: &str) {
    if !side.is_empty() {
        side.push_str(", ");
    }
    side.push_str(topic);
}

/// Both sides by moment.
struct Sides {
    start: Millis,
    by_moment: BTreeMap<Millis, Side>,
}

impl Sides {
    fn new(test: &Test) -> Self {
        Self {
            start: test.start,
            by_moment: BTreeMap::new(),
        }
    }

    fn at(&mut self, moment: Millis) -> &mut Side {
        let place = short(moment.0 - self.start.0);
        self.by_moment.entry(moment).or_insert_with(|| Side {
            place,
            expected: String::new(),
            got: String::new(),
            reason: String::new(),
        })
    }

    fn in_order(self) -> Vec<Side> {
        self.by_moment.into_values().collect()
    }
}
