//! What left the suite is seen by its tag, whatever its kind; what is nobody's or somebody else's never is. And how many
//! calls it takes to see it.

use std::collections::BTreeSet;

use belfry::aws::AwsCloud;
use belfry::provision::resources::SubscriptionResource;
use belfry::provision::{Address, Cloud as _, Desired, Kind, Plan, Resource, Scope};

use super::rates::alarm;
use super::{Fixture, with_composites};

/// The addresses that a plan deletes or keeps.
fn seen(plan: &Plan) -> BTreeSet<Address> {
    let deleted = plan.changes.iter().filter(|change| change.after.is_none());
    let deleted = deleted.map(|change| change.address.clone());
    deleted.chain(plan.kept.iter().cloned()).collect()
}

/// Everything of the suite, made, and its subscriptions confirmed.
async fn applied() -> (Fixture, Desired) {
    let fixture = Fixture::new().await;
    let desired = with_composites(&fixture.desired);
    fixture.apply(&desired).await;
    let arn = fixture.cloud.place().topic_arn("fraud-detection-alerts");
    for subscription in fixture.subscriptions(&arn) {
        let session = fixture.session();
        let confirmed = session.confirm_subscription(&arn, &subscription.token);
        confirmed.await.unwrap();
    }
    (fixture, desired)
}

#[tokio::test]
async fn every_kind_that_leaves_the_suite_is_seen() {
    let (fixture, desired) = applied().await;
    let kinds: BTreeSet<Kind> = desired
        .resources
        .keys()
        .map(|address| address.kind)
        .collect();
    assert_eq!(kinds.len(), Kind::ALL.len(), "{kinds:?}");
    for kind in kinds {
        let left: BTreeSet<Address> = desired
            .resources
            .keys()
            .filter(|a| a.kind == kind)
            .cloned()
            .collect();
        let mut smaller = desired.clone();
        smaller.resources.retain(|address, _| address.kind != kind);
        let plan = fixture.plan(&smaller).await;
        assert_eq!(seen(&plan), left, "{kind:?}");
        let is_deleted = !plan.changes.is_empty();
        assert_eq!(is_deleted, kind.is_deleted(), "{kind:?}");
    }
    let plan = fixture.plan(&Desired::default()).await;
    let all: BTreeSet<Address> = desired.resources.keys().cloned().collect();
    assert_eq!(seen(&plan), all);
    // What is deleted goes, and what is kept is still seen.
    fixture.apply(&Desired::default()).await;
    let plan = fixture.plan(&Desired::default()).await;
    assert!(plan.changes.is_empty(), "{plan:#?}");
    let kept = all.into_iter().filter(|address| !address.kind.is_deleted());
    assert_eq!(seen(&plan), kept.collect());
}

#[tokio::test]
async fn what_left_is_seen_under_any_name_and_what_others_own_is_not() {
    let (fixture, desired) = applied().await;
    let look = async |suite: &str, prefix: &str| {
        let cloud = AwsCloud::open(fixture.session(), suite).await.unwrap();
        let desired = Desired::default();
        let scope = Scope {
            suite,
            prefix,
            desired: &desired,
        };
        seen(&Plan::new(&desired, &cloud.observe(&scope).await.unwrap()))
    };
    assert_eq!(
        look("fraud-detection", "renamed-").await.len(),
        desired.resources.len()
    );
    assert!(look("another", "fraud-").await.is_empty());
    assert!(look("another", "another-").await.is_empty());
    // Tagged by somebody who says it is the other suite's.
    let arn = fixture.cloud.place().alarm_arn("fraud-5xx");
    let tag = aws_sdk_cloudwatch::types::Tag::builder();
    let tag = tag.key("belfry:suite").value("another").build();
    let cloudwatch = fixture.cloudwatch();
    let request = cloudwatch.tag_resource().resource_arn(&arn).tags(tag);
    request.send().await.unwrap();
    let seen = look("another", "another-").await;
    assert_eq!(seen, [Address::new(Kind::Alarm, "fraud-5xx")].into());
    let plan = fixture.plan(&Desired::default()).await;
    assert!(
        plan.changes
            .iter()
            .all(|change| change.address.name != "fraud-5xx")
    );
}

#[tokio::test]
async fn what_nobody_owns_is_not_seen_as_left() {
    let fixture = Fixture::new().await;
    let session = fixture.session();
    session
        .s3()
        .create_bucket()
        .bucket("fraud-mine")
        .send()
        .await
        .unwrap();
    let made = session
        .athena()
        .create_work_group()
        .name("fraud-mine")
        .send();
    made.await.unwrap();
    let plan = fixture.plan(&Desired::default()).await;
    assert_eq!(seen(&plan), BTreeSet::new());
}

#[tokio::test]
async fn the_claim_of_the_index_is_read_again_before_a_write() {
    let (fixture, desired) = applied().await;
    let mut smaller = desired.clone();
    let left = Address::new(Kind::Alarm, "fraud-5xx");
    smaller.resources.remove(&left);
    let plan = fixture.plan(&smaller).await;
    let change = plan
        .changes
        .iter()
        .find(|change| change.address == left)
        .unwrap();
    let request = fixture.cloudwatch().untag_resource();
    let arn = fixture.cloud.place().alarm_arn("fraud-5xx");
    let request = request.resource_arn(arn).tag_keys("belfry:suite");
    request.send().await.unwrap();
    let error = fixture.cloud.change(change).await.unwrap_err();
    assert!(error.to_string().contains("carries no tag"), "{error}");
}

#[tokio::test]
async fn a_plan_of_five_hundred_alarms_takes_a_few_calls() {
    let fixture = Fixture::new().await;
    let desired: Desired = (0..500).map(alarm).collect();
    fixture.apply(&desired).await;
    let before = fixture.endpoint.tally().requests;
    let plan = fixture.plan(&desired).await;
    assert_eq!((plan.is_empty(), plan.unchanged), (true, 500));
    let calls = fixture.endpoint.tally().requests - before;
    // Five pages of the index, five of alarms, and one list for each of four other kinds.
    assert_eq!(calls, 14);
}

#[tokio::test]
async fn a_subscription_that_left_with_its_topic_is_ended_and_the_topic_kept() {
    let (fixture, _) = applied().await;
    let plan = fixture.plan(&Desired::default()).await;
    let ended = plan.changes.iter().find_map(|change| match &change.before {
        Some(Resource::Subscription(SubscriptionResource { endpoint, .. })) => {
            Some(endpoint.as_str())
        }
        _ => None,
    });
    assert_eq!(ended, Some("fraud-oncall@example.com"));
}
