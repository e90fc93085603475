use belfry_engine::alarms::{MuteRule, MuteRuleStatus};
use belfry_engine::base::Millis;
use belfry_engine::diag::{Diagnostic, test as codes};
use belfry_engine::events::{InputLogEvent, RejectedLogEvents};
use tokio::runtime::Handle;

use super::{Outcome, Served};
use crate::replay::{Happening, Replay, ReplayError, Stage, What as Happened};
use crate::testing::{Expected, Failure, Feed, Test, What, check};

/// Whether a test may end before everything is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::testing) enum Fast {
    /// Everything is looked at.
    No,
    /// Only whether it passes is asked, and not of queries and dashboards: alarms and metric filters decide neither.
    Alarms,
}

/// Runs one test.
pub(in crate::testing) fn one(stage: &Stage, test: &Test, handle: &Handle, fast: Fast) -> Outcome {
    let mut replay = stage.replay();
    let mut outcome = Outcome::default();
    let mut feeds = test.feeds.iter();
    let mut refused = Vec::new();
    if fast == Fast::No {
        for (moment, expected) in asked(test) {
            let due = feeds.as_slice().partition_point(|feed| feed.at <= moment);
            let due: Vec<&Feed> = feeds.by_ref().take(due).collect();
            feed(&mut replay, &due, &mut refused);
            replay.advance(moment);
            handle.block_on(look(expected, &replay, &mut outcome));
        }
    }
    let rest: Vec<&Feed> = feeds.collect();
    feed(&mut replay, &rest, &mut refused);
    replay.advance(test.end());
    outcome.happenings = replay.take_happenings();
    for expected in &test.expected {
        let failures = &mut outcome.failures;
        match expected {
            Expected::Alarm(alarm) => check::alarm(test, alarm, &outcome.happenings, failures),
            Expected::Value(value) => check::value(test, value, &replay, failures),
            Expected::Query(_) | Expected::Dashboard(_) => {}
        }
    }
    outcome.ran_dry = super::dry::ran_dry(test, &replay);
    outcome.muted = muted(&replay, &outcome.happenings);
    outcome.failures.extend(refused);
    let failures = &mut outcome.failures;
    failures.sort_by_key(|failure| failure.diagnostic.primary.span);
    outcome
}

/// The mute rules under which something changed.
fn muted(replay: &Replay, happenings: &[Happening]) -> Vec<String> {
    let rules = replay.account().alarms.mute_rules().values();
    let changes = |rule: &MuteRule| {
        let mut of_targets = happenings.iter().filter(|h| {
            matches!(h.what, Happened::State { .. }) && rule.targets.contains(&h.alarm)
        });
        of_targets.any(|h| rule.status(h.at) == MuteRuleStatus::Active)
    };
    let muting = rules.filter(|rule| changes(rule));
    muting.map(|rule| rule.name.clone()).collect()
}

/// What is asked of the account while time passes, in order of time.
fn asked(test: &Test) -> Vec<(Millis, &Expected)> {
    let moment = |expected: &Expected| match expected {
        Expected::Query(query) => Some(query.asked.now),
        Expected::Dashboard(dashboard) => Some(dashboard.now),
        Expected::Alarm(_) | Expected::Value(_) => None,
    };
    let asked = test.expected.iter();
    let mut asked: Vec<_> = asked.filter_map(|e| Some((moment(e)?, e))).collect();
    asked.sort_by_key(|(moment, _)| *moment);
    asked
}

async fn look(expected: &Expected, replay: &Replay, outcome: &mut Outcome) {
    let failures = &mut outcome.failures;
    match expected {
        Expected::Query(query) => check::query(query, &replay.session(), failures).await,
        Expected::Dashboard(dashboard) => {
            let served = check::dashboard(dashboard, &replay.session(), failures).await;
            let served = served.into_iter().map(|widget| Served {
                dashboard: dashboard.name.clone(),
                widget,
            });
            outcome.served.extend(served);
        }
        Expected::Alarm(_) | Expected::Value(_) => {}
    }
}

/// What happens; each refusal is a failure at its place, the first of a place only.
fn feed(replay: &mut Replay, feeds: &[&Feed], refused: &mut Vec<Failure>) {
    for feed in feeds {
        if let Err(reason) = give(replay, feed) {
            let known = |failure: &Failure| failure.diagnostic.primary.span == feed.place;
            if !refused.iter().any(known) {
                let diagnostic = Diagnostic::error(&codes::REFUSED, feed.place, reason);
                refused.push(Failure::plain(diagnostic));
            }
        }
    }
}

fn give(replay: &mut Replay, feed: &Feed) -> Result<(), String> {
    match &feed.what {
        What::Log {
            group,
            timestamp,
            message,
        } => {
            let event = InputLogEvent {
                timestamp: *timestamp,
                message: message.clone(),
            };
            let rejected = replay.log(group, &[event], feed.at).map_err(words)?;
            match rejected == RejectedLogEvents::default() {
                true => Ok(()),
                false => Err("the event is too old or too new for its log group".to_owned()),
            }
        }
        What::Datum(datum) => replay.put(datum, feed.at).map_err(words),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape of map_err")]
fn words(error: ReplayError) -> String {
    error.to_string()
}
