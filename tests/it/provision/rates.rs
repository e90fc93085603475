//! Many changes at once, against an endpoint that takes each call as often as AWS does: here at ten times AWS's rates,
//! so that the test takes seconds.

use std::sync::Arc;
use std::time::Duration;

use belfry::aws::{AwsCloud, Session};
use belfry::endpoint::{Endpoint, Faults, Settings, Tally};
use belfry::provision::resources::{
    AlarmActions, AlarmResource, DashboardResource, LogGroupResource, MetricFilterResource,
    WatchedMetric,
};
use belfry::provision::{Cloud, Desired, Observed, Plan, Resource, Scope, Silent, apply};

const TIMES: u32 = 10;

pub(super) fn alarm(number: usize) -> Resource {
    Resource::Alarm(AlarmResource {
        name: format!("fraud-{number}"),
        description: "d".to_owned(),
        metric: Some(WatchedMetric {
            namespace: "N".to_owned(),
            name: "M".to_owned(),
            dimensions: std::collections::BTreeMap::new(),
            statistic: "Sum".to_owned(),
            period: 60,
            unit: None,
        }),
        evaluation_periods: 1,
        datapoints_to_alarm: 1,
        threshold: Some(1.0),
        comparison: "GreaterThanThreshold".to_owned(),
        treat_missing_data: "missing".to_owned(),
        actions: AlarmActions {
            enabled: true,
            ..AlarmActions::default()
        },
        ..AlarmResource::default()
    })
}

fn filter(number: usize) -> Resource {
    Resource::MetricFilter(MetricFilterResource {
        name: format!("f-{number}"),
        log_group: format!("/g/{}", number % 2),
        pattern: "x".to_owned(),
        namespace: "N".to_owned(),
        metric: "M".to_owned(),
        value: "1".to_owned(),
        default: None,
        unit: "None".to_owned(),
        dimensions: std::collections::BTreeMap::new(),
        selection: None,
        other: std::collections::BTreeMap::new(),
    })
}

fn suite() -> Desired {
    let groups = (0..2).map(|number| {
        Resource::LogGroup(LogGroupResource {
            name: format!("/g/{number}"),
            retention_days: Some(7),
            class: "STANDARD".to_owned(),
            tags: None,
        })
    });
    let board = |number| DashboardResource::new(format!("fraud-{number}"), "{\"widgets\": []}");
    let boards = (0..40).map(|number| Resource::Dashboard(board(number)));
    let all = groups.chain((0..60).map(alarm)).chain((0..60).map(filter));
    all.chain(boards).collect()
}

fn endpoint(rates: u32) -> Arc<Endpoint> {
    let faults = Faults {
        rates,
        ..Faults::default()
    };
    Endpoint::open(Settings {
        faults: Some(faults),
        ..Settings::default()
    })
    .unwrap()
}

/// Applies the suite, then looks once more; whether all was made and then was as declared.
async fn run(endpoint: &Arc<Endpoint>, session: Session) -> (bool, Tally) {
    let cloud = AwsCloud::open(session, "rates").await.unwrap();
    let desired = suite();
    let plan = Plan::new(&desired, &Observed::default());
    let outcome = apply(&cloud, &plan, &mut Silent).await;
    let scope = Scope {
        suite: "rates",
        prefix: "fraud-",
        desired: &desired,
    };
    let again = cloud.observe(&scope).await;
    let again = again.is_ok_and(|observed| Plan::new(&desired, &observed).is_empty());
    (outcome.is_complete() && again, endpoint.tally())
}

#[tokio::test]
async fn apply_and_observe_keep_within_the_rates_that_aws_publishes() {
    let endpoint = endpoint(TIMES);
    let session = Session::in_process(&endpoint, "us-east-1").with_pace(TIMES);
    let (is_made, tally) = run(&endpoint, session).await;
    println!("{} calls, {tally:?}", tally.requests);
    assert!(is_made, "{tally:?}");
    assert_eq!((tally.of("rates"), tally.retries), (0, 0));
}

#[tokio::test]
async fn without_holding_calls_back_the_same_changes_are_refused_as_too_often() {
    let endpoint = endpoint(1);
    let hasty = Duration::from_millis(1);
    let session = Session::in_process(&endpoint, "us-east-1");
    let session = session.with_patience(Duration::from_secs(60), hasty);
    let (is_made, tally) = run(&endpoint, session).await;
    assert!(!is_made);
    assert!(tally.of("rates") > 0, "{tally:?}");
}
