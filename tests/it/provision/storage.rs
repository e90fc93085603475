use belfry::provision::resources::{BucketResource, LoadBalancerResource, LogGroupResource};
use belfry::provision::{Desired, Plan, Resource};

use super::{Fixture, changed};

const BUCKET: &str = "fraud-detection-alb-logs";
const BALANCER: &str = "fraud-detection-alb";

/// What the suite wants of bucket and load balancer alone.
fn storage(desired: &Desired) -> Desired {
    let wanted = desired
        .resources
        .values()
        .filter(|resource| matches!(resource, Resource::Bucket(_) | Resource::LoadBalancer(_)));
    wanted.cloned().collect()
}

fn with_bucket(desired: &Desired, edit: impl Fn(&mut BucketResource)) -> Desired {
    let all = desired
        .resources
        .values()
        .cloned()
        .map(|resource| match resource {
            Resource::Bucket(mut bucket) => {
                edit(&mut bucket);
                Resource::Bucket(bucket)
            }
            other => other,
        });
    all.collect()
}

fn with_group(desired: &Desired, edit: impl Fn(&mut LogGroupResource)) -> Desired {
    let all = desired
        .resources
        .values()
        .cloned()
        .map(|resource| match resource {
            Resource::LogGroup(mut group) if group.name.ends_with("application") => {
                edit(&mut group);
                Resource::LogGroup(group)
            }
            other => other,
        });
    all.collect()
}

#[tokio::test]
async fn the_bucket_takes_the_logs_of_the_load_balancer() {
    let fixture = Fixture::new().await;
    let desired = storage(&fixture.desired);
    fixture.apply(&desired).await;
    let s3 = fixture.session().s3();
    let objects = s3.list_objects_v2().bucket(BUCKET).send().await.unwrap();
    let keys: Vec<_> = objects.contents().iter().filter_map(|o| o.key()).collect();
    let tests = [
        "alb-health-checks/AWSLogs/000000000000/ELBHealthCheckLogTestFile",
        "alb/AWSLogs/000000000000/ELBAccessLogTestFile",
    ];
    assert_eq!(keys, tests);
    let policy = s3.get_bucket_policy().bucket(BUCKET).send().await.unwrap();
    let policy: serde_json::Value = serde_json::from_str(policy.policy().unwrap()).unwrap();
    let statement = &policy["Statement"][0];
    assert_eq!(statement["Action"], "s3:PutObject");
    let under = |prefix| format!("arn:aws:s3:::{BUCKET}/{prefix}/AWSLogs/000000000000/*");
    let expected = serde_json::json!([under("alb-health-checks"), under("alb")]);
    assert_eq!(statement["Resource"], expected);
    let tags = s3.get_bucket_tagging().bucket(BUCKET).send().await.unwrap();
    assert_eq!(tags.tag_set()[0].key(), "belfry:suite");
    assert!(fixture.plan(&desired).await.is_empty());
}

#[tokio::test]
async fn every_setting_of_the_bucket_that_somebody_changes_is_put_back() {
    let fixture = Fixture::new().await;
    let desired = storage(&fixture.desired);
    fixture.apply(&desired).await;
    let s3 = fixture.session().s3();
    s3.delete_public_access_block()
        .bucket(BUCKET)
        .send()
        .await
        .unwrap();
    s3.delete_bucket_lifecycle()
        .bucket(BUCKET)
        .send()
        .await
        .unwrap();
    s3.delete_bucket_ownership_controls()
        .bucket(BUCKET)
        .send()
        .await
        .unwrap();
    s3.delete_bucket_policy()
        .bucket(BUCKET)
        .send()
        .await
        .unwrap();
    let plan = fixture.plan(&desired).await;
    assert_eq!(
        changed(&plan),
        ["~ bucket.fraud-detection-alb-logs: policy, public_access_blocked, ownership, lifecycle"]
    );
    fixture.apply(&desired).await;
    assert!(fixture.plan(&desired).await.is_empty());
}

#[tokio::test]
async fn attributes_of_the_load_balancer_that_somebody_changes_are_put_back() {
    let fixture = Fixture::new().await;
    let desired = storage(&fixture.desired);
    fixture.apply(&desired).await;
    let observed = fixture.observe(&desired).await;
    let off = desired
        .resources
        .values()
        .find_map(|resource| match resource {
            Resource::LoadBalancer(balancer) => Some(balancer.clone()),
            _ => None,
        });
    let off: LoadBalancerResource = off.unwrap();
    let mut attributes = off.attributes.clone();
    attributes.insert("access_logs.s3.enabled".to_owned(), "false".to_owned());
    let off = LoadBalancerResource { attributes, ..off };
    fixture
        .change_behind(Resource::LoadBalancer(off), &observed)
        .await;
    assert_ne!(fixture.observe(&desired).await, observed);
    let plan = fixture.plan(&desired).await;
    assert_eq!(
        changed(&plan),
        ["~ load_balancer.fraud-detection-alb: attributes"]
    );
    fixture.apply(&desired).await;
    assert!(fixture.plan(&desired).await.is_empty());
}

#[tokio::test]
async fn a_bucket_of_somebody_else_is_left_alone_until_it_is_adopted() {
    let fixture = Fixture::new().await;
    let desired = storage(&fixture.desired);
    let s3 = fixture.session().s3();
    s3.create_bucket().bucket(BUCKET).send().await.unwrap();
    let plan = fixture.plan(&desired).await;
    assert_eq!(plan.conflicts.len(), 1);
    assert!(
        plan.conflicts[0].reason.contains("carries no tag"),
        "{:?}",
        plan.conflicts
    );
    assert!(s3.get_bucket_policy().bucket(BUCKET).send().await.is_err());
    let wanted = desired
        .resources
        .values()
        .find(|r| matches!(r, Resource::Bucket(_)));
    let adopted = fixture.cloud.adopt(wanted.unwrap(), &desired);
    adopted.await.unwrap();
    fixture.apply(&desired).await;
    assert!(fixture.plan(&desired).await.is_empty());
}

#[tokio::test]
async fn a_load_balancer_that_is_not_there_is_waited_for() {
    let fixture = Fixture::new().await;
    let desired = storage(&fixture.desired);
    let elb = fixture.session().elb();
    let found = elb
        .describe_load_balancers()
        .names(BALANCER)
        .send()
        .await
        .unwrap();
    let arn = found.load_balancers()[0].load_balancer_arn().unwrap();
    elb.delete_load_balancer()
        .load_balancer_arn(arn)
        .send()
        .await
        .unwrap();
    let plan = fixture.plan(&desired).await;
    assert_eq!(changed(&plan).len(), 1, "the bucket alone");
    let waiting: Vec<String> = plan.waiting.iter().map(|w| w.address.to_string()).collect();
    assert_eq!(waiting, ["load_balancer.fraud-detection-alb"]);
    fixture.apply(&desired).await;
    assert!(fixture.plan(&desired).await.is_empty());
}

#[tokio::test]
async fn tags_that_the_suite_keeps_are_these_and_no_others() {
    let fixture = Fixture::new().await;
    let tags = |pairs: &[(&str, &str)]| {
        let pairs = pairs
            .iter()
            .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        Some(pairs.collect())
    };
    let keeps = |pairs: &[(&str, &str)]| {
        let desired = with_bucket(&fixture.desired, |bucket| bucket.tags = tags(pairs));
        with_group(&desired, |group| group.tags = tags(pairs))
    };
    let first = keeps(&[("team", "fraud"), ("old", "1")]);
    fixture.apply(&first).await;
    assert!(fixture.plan(&first).await.is_empty());
    let second = keeps(&[("team", "risk")]);
    let plan = fixture.plan(&second).await;
    assert_eq!(
        changed(&plan),
        [
            "~ bucket.fraud-detection-alb-logs: tags",
            "~ log_group./ecs/fraud-detection/application: tags"
        ]
    );
    fixture.apply(&second).await;
    assert!(fixture.plan(&second).await.is_empty());
    // Where the suite says nothing of tags, they are nobody's business.
    assert!(fixture.plan(&fixture.desired).await.is_empty());
}

#[tokio::test]
async fn a_group_of_infrequent_access_is_made_and_known_again_without_asking_for_its_filters() {
    let fixture = Fixture::new().await;
    let group = LogGroupResource {
        name: "/ecs/fraud-detection/archive".to_owned(),
        retention_days: Some(365),
        class: "INFREQUENT_ACCESS".to_owned(),
        tags: None,
    };
    let all = fixture.desired.resources.values().cloned();
    let desired: Desired = all.chain([Resource::LogGroup(group)]).collect();
    fixture.apply(&desired).await;
    assert!(fixture.plan(&desired).await.is_empty());
    let observed = fixture.observe(&desired).await;
    assert!(fixture.cloud.children(&observed).await.unwrap().is_empty());
}

#[tokio::test]
async fn another_class_is_planned_with_a_warning_and_refused() {
    let fixture = Fixture::new().await;
    fixture.apply(&fixture.desired).await;
    let other = with_group(&fixture.desired, |group| {
        group.class = "INFREQUENT_ACCESS".to_owned();
    });
    let plan: Plan = fixture.plan(&other).await;
    assert_eq!(
        changed(&plan),
        ["~ log_group./ecs/fraud-detection/application: class"]
    );
    let warning = &plan.warnings[0].message;
    assert!(warning.contains("never changes the class"), "{warning}");
    let change = &plan.changes[0];
    let error = belfry::provision::Cloud::change(&fixture.cloud, change)
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("its class is STANDARD"),
        "{error}"
    );
}

#[tokio::test]
async fn a_bucket_that_is_destroyed_by_name_goes_with_its_objects() {
    let fixture = Fixture::new().await;
    let desired = storage(&fixture.desired);
    fixture.apply(&desired).await;
    let observed = fixture.observe(&desired).await;
    let kept = Plan::destruction(&observed, &std::collections::BTreeSet::new());
    assert!(kept.changes.is_empty(), "{kept:?}");
    let bucket = observed
        .resources
        .keys()
        .find(|a| a.name == BUCKET)
        .unwrap();
    let named = Plan::destruction(&observed, &[bucket.clone()].into());
    let change = &named.changes[0];
    belfry::provision::Cloud::change(&fixture.cloud, change)
        .await
        .unwrap();
    assert!(
        fixture
            .session()
            .s3()
            .list_buckets()
            .send()
            .await
            .unwrap()
            .buckets()
            .is_empty()
    );
}
