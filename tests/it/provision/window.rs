//! Between a plan and its changes somebody else works in the account: what they made or edited is not written over.

use belfry::aws::{AwsCloud, CloudError};
use belfry::provision::resources::{AlarmResource, DashboardResource};
use belfry::provision::{
    Applied, Cloud, Desired, Kind, Outcome, Plan, Resource, Scope, Silent, apply,
};

use super::{Fixture, tamper};

async fn observe(cloud: &AwsCloud, desired: &Desired) -> belfry::provision::Observed {
    let scope = Scope {
        suite: cloud.suite(),
        prefix: "fraud-",
        desired,
    };
    cloud.observe(&scope).await.unwrap()
}

fn refusals(outcome: &Outcome<CloudError>) -> Vec<(String, String)> {
    let results = outcome.results.iter();
    let refused = results.filter_map(|(address, _, applied)| match applied {
        Applied::Failed(error) => Some((address.to_string(), error.to_string())),
        Applied::Done | Applied::Skipped(_) => None,
    });
    refused.collect()
}

#[tokio::test]
async fn what_somebody_made_since_the_plan_is_not_written_over() {
    let fixture = Fixture::new().await;
    let plan = fixture.plan(&fixture.desired).await;
    let theirs = AwsCloud::open(fixture.session(), "others").await.unwrap();
    let is_named = |resource: &&Resource| {
        let kind = resource.address().kind;
        matches!(
            kind,
            Kind::Alarm | Kind::Dashboard | Kind::LogGroup | Kind::MetricFilter
        )
    };
    let made: Desired = fixture
        .desired
        .resources
        .values()
        .filter(is_named)
        .cloned()
        .collect();
    let their_plan = Plan::new(&made, &observe(&theirs, &made).await);
    apply(&theirs, &their_plan, &mut Silent).await;
    let before = observe(&theirs, &made).await;
    let outcome = apply(&fixture.cloud, &plan, &mut Silent).await;
    let refused = refusals(&outcome);
    for (address, reason) in &refused {
        let is_said = reason.contains("somebody else's") || reason.contains("AlreadyExists");
        assert!(is_said, "{address}: {reason}");
    }
    let skipped = outcome.results.len() - outcome.done() - refused.len();
    assert!(
        refused.len() + skipped >= made.resources.len(),
        "{refused:#?}"
    );
    for (address, found) in &before.resources {
        let now = observe(&theirs, &made).await;
        assert_eq!(now.resources.get(address), Some(found), "{address}");
    }
}

#[tokio::test]
async fn what_was_edited_since_the_plan_is_not_written_over_and_what_is_gone_is_not_half_made() {
    let fixture = Fixture::new().await;
    fixture.apply(&fixture.desired).await;
    let wanted: Desired = fixture
        .desired
        .resources
        .values()
        .cloned()
        .map(other)
        .collect();
    let plan = fixture.plan(&wanted).await;
    let observed = fixture.observe(&fixture.desired).await;
    let mut edited = 0;
    for change in &plan.changes {
        if let Some(resource) = change.before.as_ref().and_then(tamper) {
            fixture.change_behind(resource, &observed).await;
            edited += 1;
        }
    }
    let outcome = apply(&fixture.cloud, &plan, &mut Silent).await;
    let refused = refusals(&outcome);
    assert_eq!(refused.len(), edited, "{refused:#?}");
    for (address, reason) in refused {
        assert!(
            reason.contains("changed since the plan"),
            "{address}: {reason}"
        );
    }
}

/// The same with another threshold or text.
fn other(resource: Resource) -> Resource {
    match resource {
        Resource::Alarm(alarm) => Resource::Alarm(AlarmResource {
            threshold: alarm.threshold.map(|threshold| threshold + 1.0),
            ..alarm
        }),
        Resource::Dashboard(board) => Resource::Dashboard(DashboardResource::new(
            board.name,
            "{\"widgets\": [], \"start\": \"-PT1H\"}",
        )),
        other => other,
    }
}

#[tokio::test]
async fn what_is_gone_already_is_not_missed_by_a_deletion() {
    let fixture = Fixture::new().await;
    fixture.apply(&fixture.desired).await;
    let nothing = Desired::default();
    let plan = fixture.plan(&nothing).await;
    assert!(
        apply(&fixture.cloud, &plan, &mut Silent)
            .await
            .is_complete()
    );
    assert!(
        apply(&fixture.cloud, &plan, &mut Silent)
            .await
            .is_complete()
    );
}

#[tokio::test]
async fn a_second_saved_query_of_a_name_is_not_made_and_what_is_as_wanted_is_done() {
    let fixture = Fixture::new().await;
    let plan = fixture.plan(&fixture.desired).await;
    fixture.apply(&fixture.desired).await;
    // The same plan again, as of somebody who planned at the same time.
    let outcome = apply(&fixture.cloud, &plan, &mut Silent).await;
    assert!(outcome.is_complete(), "{:#?}", refusals(&outcome));
    assert!(fixture.plan(&fixture.desired).await.is_empty());
    let queries = fixture.desired.resources.values();
    let queries = queries.filter(|resource| matches!(resource, Resource::Query(_)));
    let changed: Desired = queries.filter_map(tamper).collect();
    let plan = Plan::new(&changed, &belfry::provision::Observed::default());
    let outcome = apply(&fixture.cloud, &plan, &mut Silent).await;
    let refused = refusals(&outcome);
    assert_eq!(refused.len(), changed.resources.len());
    for (address, reason) in &refused {
        assert!(
            reason.contains("made since the plan"),
            "{address}: {reason}"
        );
    }
    assert!(fixture.plan(&fixture.desired).await.is_empty());
}
