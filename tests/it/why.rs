//! Explanations against the account they explain: what is read back through the SDK gives the same decision.

use belfry::aws::Session;
use belfry::replay::{Replay, Stage};
use belfry::suite::{Request, Suite};
use belfry::why::{DescribedAlarm, Reading, Ruled, cause, judge};
use belfry_engine::alarms::{AlarmEvaluation, Evaluation, MetricAlarm, StateValue};
use belfry_engine::base::Millis;
use belfry_engine::events::InputLogEvent;

pub(super) const START: Millis = Millis(1_776_679_200_000);

const SUITE: &str = r#"
[suite]
name = "demo"
owner = "team"
prefix = "demo-"

[[log_group]]
name = "/demo/app"
retention_days = 7

[[metric_filter]]
name = "Errors"
log_group = "/demo/app"
pattern = '{ $.level = "ERROR" }'
metric = { namespace = "Demo", name = "Errors", value = "1", default = 0 }

[[metric_filter]]
name = "Latency"
log_group = "/demo/app"
pattern = '{ $.ms = * }'
metric = { namespace = "Demo", name = "Latency", value = "$.ms", unit = "Milliseconds" }

[[alarm]]
name = "demo-sum"
description = "d"
owner = "o"
runbook = "https://example.org"
metric = { namespace = "Demo", name = "Errors" }
statistic = "Sum"
period = 300
evaluation_periods = 2
datapoints_to_alarm = 1
threshold = 6
comparison = ">"

[[alarm]]
name = "demo-p90"
description = "d"
owner = "o"
runbook = "https://example.org"
metric = { namespace = "Demo", name = "Latency" }
statistic = "p90"
period = 60
evaluation_periods = 3
datapoints_to_alarm = 2
threshold = 80
comparison = ">="
treat_missing_data = "ignore"

[[alarm]]
name = "demo-share"
description = "d"
owner = "o"
runbook = "https://example.org"
expression = "100 * errors / all"
metrics = [
  { id = "errors", namespace = "Demo", name = "Errors", statistic = "Sum", period = 120 },
  { id = "all", namespace = "Demo", name = "Errors", statistic = "SampleCount", period = 120 },
]
evaluation_periods = 1
threshold = 40
comparison = ">"
treat_missing_data = "breaching"

[[alarm]]
name = "demo-average"
description = "d"
owner = "o"
runbook = "https://example.org"
metric = { namespace = "Demo", name = "Latency" }
statistic = "Average"
period = 180
evaluation_periods = 3
datapoints_to_alarm = 2
threshold = 30
comparison = "<"
unit = "Milliseconds"

[[alarm]]
name = "demo-p90-wide"
description = "d"
owner = "o"
runbook = "https://example.org"
metric = { namespace = "Demo", name = "Latency" }
statistic = "p90"
period = 300
evaluation_periods = 1
threshold = 80
comparison = ">="
"#;

pub(super) fn suite(folder: &std::path::Path) -> Suite {
    std::fs::write(folder.join("belfry.toml"), SUITE).unwrap();
    let request = Request {
        folder,
        environment: "local",
        region: None,
    };
    Suite::load(&request).unwrap()
}

pub(super) fn minute(number: i64) -> Millis {
    START.plus(number * 60_000)
}

/// `minutes` of events that come in bursts and leave gaps, the same each time.
pub(super) fn events(minutes: i64) -> Vec<InputLogEvent> {
    let mut events = Vec::new();
    let mut seed: u64 = 7;
    for number in 0..minutes {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let count = (seed >> 40) % 7;
        for index in 0..count.saturating_sub(1) {
            let level = match (seed >> (index + 8)) & 3 {
                0 => "ERROR",
                _ => "INFO",
            };
            let ms = (seed >> (index + 20)) % 100;
            events.push(InputLogEvent {
                timestamp: minute(number).plus(i64::try_from(index).unwrap() * 1000),
                message: format!(r#"{{"level":"{level}","ms":{ms}}}"#),
            });
        }
    }
    events
}

/// A replay after these events.
pub(super) fn fed(stage: &Stage, minutes: i64) -> Replay {
    let mut replay = stage.replay();
    for event in events(minutes) {
        let at = event.timestamp;
        replay.log("/demo/app", &[event], at).unwrap();
    }
    replay.advance(minute(minutes));
    replay
}

/// What is recomputed for an alarm over what GetMetricData answers, and the state that the account reports.
async fn recomputed(
    session: &Session,
    name: &str,
    now: Millis,
) -> (Evaluation, StateValue, Reading, MetricAlarm) {
    let found = session.described_alarm(name).await.unwrap().unwrap();
    let DescribedAlarm::Metric(described) = found else {
        panic!("{found:?}");
    };
    let reading = Reading::of(&described.alarm, now, now).unwrap();
    let range = (reading.start, reading.end);
    let answers = session.metric_values(&reading.stats, range).await.unwrap();
    let judged = judge(&described.alarm, &reading, &answers).unwrap();
    let AlarmEvaluation::Series(evaluation) = judged else {
        panic!("{judged:?}");
    };
    (evaluation, described.state.value, reading, described.alarm)
}

#[tokio::test]
async fn at_every_minute_the_recomputed_state_is_that_of_the_account() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::of(&suite(folder.path()), START).await.unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for number in 1..40 {
        let replay = fed(&stage, number);
        let session = replay.session();
        for name in ["demo-sum", "demo-p90", "demo-share", "demo-average"] {
            let (evaluation, state, ..) = recomputed(&session, name, minute(number)).await;
            let expected = evaluation.state.unwrap_or(state);
            assert_eq!(
                expected, state,
                "{name} at minute {number}: {evaluation:#?}"
            );
            seen.insert((name, state.as_str()));
        }
    }
    assert!(seen.len() >= 8, "the data reach few states: {seen:?}");
}

#[tokio::test]
async fn a_percentile_over_wide_buckets_is_explained_where_the_service_answers_it() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::of(&suite(folder.path()), START).await.unwrap();
    let mut aligned = fed(&stage, 10);
    let session = aligned.session();
    let (evaluation, state, reading, _) = recomputed(&session, "demo-p90-wide", minute(10)).await;
    assert_eq!((evaluation.state, reading.moved), (Some(state), None));
    aligned.advance(minute(13));
    let session = aligned.session();
    let (later, _, reading, _) = recomputed(&session, "demo-p90-wide", minute(13)).await;
    assert_eq!((later.state, reading.moment), (Some(state), minute(10)));
    assert!(reading.moved.unwrap().contains("multiples of 300 s"));
}

#[tokio::test]
async fn silence_without_data_differs_from_silence_below_the_threshold() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::of(&suite(folder.path()), START).await.unwrap();
    let mut replay = stage.replay();
    replay.advance(minute(5));
    let session = replay.session();
    let (evaluation, state, _, alarm) = recomputed(&session, "demo-sum", minute(5)).await;
    assert_eq!(
        cause(&Ruled::of(&alarm), &evaluation, state).code,
        "nothing_published"
    );
    let at = minute(5);
    let event = InputLogEvent {
        timestamp: at,
        message: "{}".to_owned(),
    };
    replay.log("/demo/app", &[event], at).unwrap();
    replay.advance(minute(6));
    let session = replay.session();
    let (evaluation, state, _, alarm) = recomputed(&session, "demo-sum", minute(6)).await;
    let cause = cause(&Ruled::of(&alarm), &evaluation, state);
    assert_eq!(cause.code, "below_threshold");
    assert!(
        cause
            .text
            .ends_with("the highest Sum was 0, the alarm asks for > 6"),
        "{}",
        cause.text
    );
}

#[tokio::test]
async fn data_that_the_service_no_longer_keeps_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let stage = Stage::of(&suite(folder.path()), START).await.unwrap();
    let session = stage.replay().session();
    let found = session.described_alarm("demo-sum").await.unwrap();
    let Some(DescribedAlarm::Metric(described)) = found else {
        panic!("no alarm");
    };
    let later = START.plus(16 * 86_400_000);
    let refusal = Reading::of(&described.alarm, START, later).unwrap_err();
    assert!(refusal.contains("for fifteen days"), "{refusal}");
}
