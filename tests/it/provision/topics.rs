//! Topics: their policies and subscriptions, and the billing alarm's topic in another region.

use std::sync::Arc;

use belfry::aws::{AwsCloud, Session};
use belfry::endpoint::{Endpoint, Settings};
use belfry::provision::resources::SubscriptionResource;
use belfry::provision::{Desired, Ownership, Plan, PlanFile, Resource, Scope, Subject};
use belfry::suite::{Request, Suite};

use super::{Cloud as _, Fixture, Silent, apply};

fn subscription(endpoint: &str) -> Resource {
    Resource::Subscription(SubscriptionResource {
        topic: "fraud-detection-alerts".to_owned(),
        region: None,
        protocol: "http".to_owned(),
        endpoint: endpoint.to_owned(),
    })
}

fn with(desired: &Desired, more: &[Resource]) -> Desired {
    let all = desired.resources.values().cloned();
    all.chain(more.iter().cloned()).collect()
}

#[tokio::test]
async fn a_pending_subscription_is_no_change_and_a_foreign_one_is_left_alone() {
    let fixture = Fixture::new().await;
    fixture.apply(&fixture.desired).await;
    let arn = fixture.cloud.place().topic_arn("fraud-detection-alerts");
    let session = fixture.session();
    session
        .subscribe_http(&arn, "http://127.0.0.1:9/x")
        .await
        .unwrap();
    let observed = fixture.observe(&fixture.desired).await;
    let pending = observed.resources.values().find(
        |found| matches!(&found.resource, Resource::Subscription(s) if s.protocol == "email"),
    );
    assert_eq!(
        pending.unwrap().handle.as_deref(),
        Some("PendingConfirmation")
    );
    let plan = Plan::new(&fixture.desired, &observed);
    assert!(plan.is_empty());
    let waiting = plan.waiting.iter();
    let waiting: Vec<String> = waiting
        .map(|w| format!("{}: {}", w.address, w.reason))
        .collect();
    assert_eq!(
        waiting,
        [
            "subscription.fraud-detection-alerts:email:fraud-oncall@example.com: nobody has confirmed it at `fraud-oncall@example.com` yet"
        ]
    );
    // Once it is confirmed, nothing waits; and a plan that was written down before still fits.
    let file = PlanFile::new(subject(&fixture), &fixture.desired, &observed, &plan);
    for subscription in fixture.subscriptions(&arn) {
        let confirmed = session.confirm_subscription(&arn, &subscription.token);
        confirmed.await.unwrap();
    }
    let observed = fixture.observe(&fixture.desired).await;
    assert_eq!(file.moved(&observed), []);
    let plan = Plan::new(&fixture.desired, &observed);
    assert!(plan.is_empty() && plan.waiting.is_empty(), "{plan:#?}");
}

fn subject(fixture: &Fixture) -> Subject {
    Subject::new("fraud-detection", "local", fixture.cloud.place())
}

#[tokio::test]
async fn a_confirmed_subscription_that_left_the_suite_is_ended_and_another_ones_is_not() {
    let fixture = Fixture::new().await;
    let ours = subscription("http://127.0.0.1:9/ours");
    let desired = with(&fixture.desired, &[ours]);
    fixture.apply(&desired).await;
    let arn = fixture.cloud.place().topic_arn("fraud-detection-alerts");
    let session = fixture.session();
    session
        .subscribe_http(&arn, "http://127.0.0.1:9/theirs")
        .await
        .unwrap();
    for subscription in fixture.subscriptions(&arn) {
        session
            .confirm_subscription(&arn, &subscription.token)
            .await
            .unwrap();
    }
    let observed = fixture.observe(&fixture.desired).await;
    let foreign = observed
        .resources
        .values()
        .filter(|f| f.ownership != Ownership::Ours)
        .filter(|f| matches!(f.resource, Resource::Subscription(_)));
    assert_eq!(foreign.count(), 1);
    let plan = Plan::new(&fixture.desired, &observed);
    assert_eq!(plan.changes.len(), 1, "{plan:#?}");
    fixture.apply(&fixture.desired).await;
    let left: Vec<String> = fixture
        .subscriptions(&arn)
        .into_iter()
        .map(|s| s.endpoint)
        .collect();
    assert_eq!(
        left,
        ["fraud-oncall@example.com", "http://127.0.0.1:9/theirs"]
    );
    assert!(fixture.plan(&fixture.desired).await.is_empty());
}

#[tokio::test]
async fn the_billing_alarm_and_its_topic_live_in_us_east_1_whatever_the_region() {
    let folder = tempfile::tempdir().unwrap();
    let own = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(own.join("belfry.toml")).unwrap();
    let text = text.replace("[env.local]\n", "[env.local]\nregion = \"eu-west-1\"\n");
    std::fs::write(folder.path().join("belfry.toml"), text).unwrap();
    std::fs::create_dir_all(folder.path().join("docs")).unwrap();
    copy(
        &own.join("docs/runbooks"),
        &folder.path().join("docs/runbooks"),
    );
    let suite = Suite::load(&Request {
        folder: folder.path(),
        environment: "local",
        region: None,
    })
    .unwrap();
    let endpoint: Arc<Endpoint> = Endpoint::open(Settings::default()).unwrap();
    let session = Session::in_process(&endpoint, "eu-west-1");
    let cloud = AwsCloud::open(session, &suite.name).await.unwrap();
    let desired = Desired::of(&suite, cloud.place());
    let scope = Scope {
        suite: &suite.name,
        prefix: &suite.prefix,
        desired: &desired,
    };
    let plan = Plan::new(&desired, &cloud.observe(&scope).await.unwrap());
    let abroad: Vec<String> = plan
        .changes
        .iter()
        .map(|change| change.address.to_string())
        .filter(|address| address.ends_with("@us-east-1"))
        .collect();
    assert_eq!(
        abroad,
        [
            "topic.fraud-detection-alerts@us-east-1",
            "subscription.fraud-detection-alerts:email:fraud-oncall@example.com@us-east-1",
            "alarm.fraud-cost-daily@us-east-1",
        ]
    );
    let outcome = apply(&cloud, &plan, &mut Silent).await;
    assert!(outcome.is_complete(), "{outcome:#?}");
    let again = Plan::new(&desired, &cloud.observe(&scope).await.unwrap());
    assert!(again.is_empty(), "{again:#?}");
    // Without the billing alarm, it is deleted there; the topic is kept.
    let mut less = desired.clone();
    less.resources
        .retain(|address, _| !address.to_string().ends_with("@us-east-1"));
    let scope = Scope {
        desired: &less,
        ..scope
    };
    let plan = Plan::new(&less, &cloud.observe(&scope).await.unwrap());
    let gone: Vec<String> = plan.changes.iter().map(|c| c.address.to_string()).collect();
    assert_eq!(gone, ["alarm.fraud-cost-daily@us-east-1"]);
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}
