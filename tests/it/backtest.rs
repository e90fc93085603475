//! Backtests against the replay they stand on: over logs, and over what GetMetricData answers of the same time.

use belfry::backtest::{Backtest, Course, MetricReading, Trial};
use belfry::replay::{Stage, What};
use belfry::suite::Suite;
use belfry_engine::alarms::StateValue;
use belfry_engine::base::Millis;
use belfry_engine::events::InputLogEvent;

use super::why::{START, events, fed, minute, suite};

const MINUTES: i64 = 120;

async fn over_logs(suite: &Suite, events: Vec<InputLogEvent>) -> (Course, Vec<String>) {
    let trial = Trial::of("working tree", suite, START).await.unwrap();
    let mut backtest = Backtest::new(vec![trial]);
    for event in events {
        backtest.log("/demo/app", event).unwrap();
    }
    let (mut courses, fed) = backtest.finish(minute(MINUTES)).unwrap();
    let not_fed = fed
        .not_fed
        .into_iter()
        .map(|n| format!("{} {}", n.count, n.what));
    (courses.remove(0), not_fed.collect())
}

fn fired(course: &Course, alarm: &str) -> Vec<Millis> {
    course.alarms[alarm]
        .iter()
        .map(|firing| firing.fired)
        .collect()
}

#[tokio::test]
async fn a_backtest_over_logs_fires_as_the_account_does() {
    let folder = tempfile::tempdir().unwrap();
    let suite = suite(folder.path());
    let stage = Stage::of(&suite, START).await.unwrap();
    let happenings = fed(&stage, MINUTES).take_happenings();
    let (course, not_fed) = over_logs(&suite, events(MINUTES)).await;
    assert_eq!(not_fed, [] as [&str; 0]);
    for alarm in ["demo-sum", "demo-p90", "demo-p90-wide"] {
        let expected = happenings
            .iter()
            .filter_map(|happening| match happening.what {
                What::State {
                    to: StateValue::Alarm,
                    ..
                } if happening.alarm == alarm => Some(happening.at),
                _ => None,
            });
        assert_eq!(
            fired(&course, alarm),
            expected.collect::<Vec<_>>(),
            "{alarm}"
        );
    }
    assert!(!fired(&course, "demo-sum").is_empty());
}

#[tokio::test]
async fn metrics_read_back_fire_as_the_logs_do_and_what_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let suite = suite(folder.path());
    let stage = Stage::of(&suite, START).await.unwrap();
    let session = fed(&stage, MINUTES).session();
    let trial = Trial::of("working tree", &suite, START).await.unwrap();
    let mut backtest = Backtest::new(vec![trial]);
    let reading = MetricReading::of(backtest.metric_alarms());
    assert_eq!(reading.refused.len(), 1, "{:?}", reading.refused);
    assert!(
        reading.refused[0].contains("which demo-p90 and demo-p90-wide reads"),
        "{}",
        reading.refused[0]
    );
    let range = (START, minute(MINUTES));
    let answers = session.metric_values(&reading.stats, range).await.unwrap();
    for datum in reading.data(&answers) {
        backtest.put(datum).unwrap();
    }
    let (courses, _) = backtest.finish(minute(MINUTES)).unwrap();
    let (logs, _) = over_logs(&suite, events(MINUTES)).await;
    for alarm in ["demo-sum", "demo-share", "demo-average"] {
        assert_eq!(fired(&courses[0], alarm), fired(&logs, alarm), "{alarm}");
    }
}

#[tokio::test]
async fn an_event_whose_minute_was_judged_is_counted_and_still_fed() {
    let folder = tempfile::tempdir().unwrap();
    let suite = suite(folder.path());
    let mut late = events(MINUTES);
    let first = late.remove(0);
    late.push(first);
    let count = late.len();
    let (_, not_fed) = over_logs(&suite, late).await;
    assert_eq!(count, events(MINUTES).len());
    assert_eq!(not_fed.len(), 1, "{not_fed:?}");
    assert!(
        not_fed[0].starts_with("1 events of /demo/app came after their minute had been judged"),
        "{not_fed:?}"
    );
}

/// Composite alarms follow what they read, and the queries of log alarms find the recorded lines.
#[tokio::test]
async fn composite_and_log_alarms_of_this_repositorys_suite_fire_over_recorded_lines() {
    let suite = Suite::load(&belfry::suite::Request {
        folder: std::path::Path::new(env!("CARGO_MANIFEST_DIR")),
        environment: "local",
        region: None,
    });
    let suite = suite.unwrap();
    let trial = Trial::of("working tree", &suite, START).await.unwrap();
    let mut backtest = Backtest::new(vec![trial]);
    for second in 0..20 {
        let message = r#"{"level":"ERROR","user_id":"C-1","recommendation":"BLOCK","duration":1}"#;
        let event = InputLogEvent {
            timestamp: minute(2).plus(second * 1000),
            message: message.to_owned(),
        };
        backtest
            .log("/ecs/fraud-detection/application", event)
            .unwrap();
    }
    let (courses, fed) = backtest.finish(minute(40)).unwrap();
    assert!(fed.not_fed.is_empty(), "{:?}", fed.not_fed);
    let course = &courses[0];
    assert_eq!(fired(course, "fraud-error-count"), [minute(3)]);
    assert_eq!(fired(course, "fraud-service-degraded"), [minute(3)]);
    assert_eq!(fired(course, "fraud-card-testing"), [minute(5)]);
    let pages: Vec<_> = course.pages().into_iter().map(|(alarm, _)| alarm).collect();
    assert!(pages.contains(&"fraud-card-testing"), "{pages:?}");
}
