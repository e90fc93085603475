//! The suite of this repository, replayed.

use std::path::Path;

use belfry_engine::alarms::StateValue;
use belfry_engine::base::{Millis, TimeRange};
use belfry_engine::events::InputLogEvent;

use super::{Happening, Stage, What};
use crate::aws::{QueryRequest, Ran};
use crate::suite::{Request, Suite};

const START: Millis = Millis(1_776_679_200_000);
const GROUP: &str = "/ecs/fraud-detection/application";

fn suite() -> Suite {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let request = Request {
        folder,
        environment: "local",
        region: None,
    };
    Suite::load(&request).unwrap()
}

fn minute(number: i64) -> Millis {
    START.plus(number * 60_000)
}

/// One alarm's states with their minutes.
fn states(happenings: &[Happening], alarm: &str) -> Vec<(i64, StateValue)> {
    let of_alarm = happenings.iter().filter(|h| h.alarm == alarm);
    let states = of_alarm.filter_map(|happening| match happening.what {
        What::State { to, .. } => Some(((happening.at.0 - START.0) / 60_000, to)),
        What::Action { .. } => None,
    });
    states.collect()
}

/// Twelve errors in the third minute, and an hour to watch.
fn incident(stage: &Stage) -> Vec<Happening> {
    let mut replay = stage.replay();
    for number in 0..12 {
        let at = minute(2).plus(number * 1000);
        let event = InputLogEvent {
            timestamp: at,
            message: r#"{"level": "ERROR"}"#.to_owned(),
        };
        replay.log(GROUP, &[event], at).unwrap();
    }
    replay.advance(minute(60));
    replay.take_happenings()
}

#[tokio::test]
async fn errors_raise_the_alarm_and_a_changed_suite_is_applied_over_the_first() {
    let stage = Stage::of(&suite(), START).await.unwrap();
    let happenings = incident(&stage);
    // Without newer lines the last datapoint stays in the evaluation range for two periods more.
    assert_eq!(
        states(&happenings, "fraud-error-count"),
        [
            (1, StateValue::Ok),
            (3, StateValue::Alarm),
            (18, StateValue::Ok)
        ]
    );
    let mut tolerant = suite();
    tolerant.alarms[0].limit = crate::suite::Limit::Threshold(12.0);
    let changed = stage.changed(&tolerant).await.unwrap();
    let states = states(&incident(&changed), "fraud-error-count");
    assert_eq!(states, [(1, StateValue::Ok)]);
    assert_eq!(incident(&stage), happenings, "the stage itself stays");
}

#[tokio::test]
async fn events_that_are_not_kept_still_raise_alarms() {
    let stage = Stage::of(&suite(), START).await.unwrap();
    let mut replay = stage.replay();
    replay.discard_events();
    let event = |at| InputLogEvent {
        timestamp: at,
        message: r#"{"level": "ERROR"}"#.to_owned(),
    };
    let events = vec![event(minute(2)); 11];
    replay.log(GROUP, &events, minute(2)).unwrap();
    replay.advance(minute(3));
    let happenings = replay.take_happenings();
    let states = states(&happenings, "fraud-error-count");
    assert_eq!(states.last(), Some(&(3, StateValue::Alarm)));
    let topic = happenings.iter().any(|happening| {
        matches!(&happening.what, What::Action { arn, succeeded: true } if arn.ends_with(":fraud-detection-alerts"))
    });
    assert!(topic, "{happenings:#?}");
}

#[tokio::test]
async fn a_query_sees_what_was_logged_until_now() {
    let stage = Stage::of(&suite(), START).await.unwrap();
    let mut replay = stage.replay();
    let event = InputLogEvent {
        timestamp: minute(2),
        message: "hello".to_owned(),
    };
    replay.log(GROUP, &[event], minute(2)).unwrap();
    let request = QueryRequest {
        text: "fields @message",
        log_groups: &[GROUP.to_owned()],
        range: TimeRange {
            start: START,
            end: minute(2),
        },
        limit: None,
    };
    let ran = replay
        .session()
        .run_query(&request, &mut |_| true, std::future::pending())
        .await;
    let Ran::Complete(results) = ran.unwrap() else {
        panic!("an answer was expected");
    };
    assert_eq!(results.rows[0].cells[0].as_deref(), Some("hello"));
}

#[tokio::test]
async fn happenings_older_than_the_kept_history_are_not_lost() {
    let stage = Stage::of(&suite(), START).await.unwrap();
    let mut replay = stage.replay();
    replay.advance(START.plus(40 * 86_400_000));
    let happenings = replay.take_happenings();
    assert_eq!(
        states(&happenings, "fraud-error-count"),
        [(1, StateValue::Ok)]
    );
    assert!(replay.take_happenings().is_empty());
}
