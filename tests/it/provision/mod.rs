//! Plan and apply against the embedded endpoint, through the AWS SDK.

mod adoption;
mod athena;
mod faults;
mod leftovers;
mod rates;
mod storage;
mod topics;
mod window;

use std::path::Path;
use std::sync::Arc;

use belfry::aws::{AwsCloud, CloudError, LocalFleet, QueryRequest, Ran, Session};
use belfry::endpoint::{Endpoint, Settings};
use belfry::provision::resources::{
    AlarmActions, AlarmResource, BucketResource, BudgetResource, CompositeAlarmResource,
    DashboardResource, LogAlarmResource, LogGroupResource, MetricFilterResource, MuteRuleResource,
    NamedQueryResource, QueryResource, TableResource, TopicResource, WorkgroupResource,
    topic_policy,
};
use belfry::provision::{
    Applied, Change, Cloud, Desired, Kind, Observed, Plan, Resource, Scope, Silent, apply,
};
use belfry::suite::{Request, Suite};
use belfry_engine::base::{Millis, TimeRange};

/// The suite of this repository and an empty account.
struct Fixture {
    endpoint: Arc<Endpoint>,
    cloud: AwsCloud,
    desired: Desired,
}

impl Fixture {
    async fn new() -> Self {
        let suite = Suite::load(&Request {
            folder: Path::new(env!("CARGO_MANIFEST_DIR")),
            environment: "local",
            region: None,
        })
        .unwrap();
        let endpoint: Arc<Endpoint> = Endpoint::open(Settings::default()).unwrap();
        let session = Session::in_process(&endpoint, "us-east-1");
        let groups = ["fraud-detection-blue", "fraud-detection-green"];
        let check = &suite.health_check;
        let fleet = LocalFleet::make(&session, "fraud-detection-alb", &groups, check);
        fleet.await.unwrap();
        let cloud = AwsCloud::open(session, &suite.name).await.unwrap();
        let desired = Desired::of(&suite, cloud.place());
        Self {
            endpoint,
            cloud,
            desired,
        }
    }

    fn session(&self) -> Session {
        Session::in_process(&self.endpoint, "us-east-1")
    }

    fn cloudwatch(&self) -> aws_sdk_cloudwatch::Client {
        self.session().cloudwatch()
    }

    /// The subscriptions of a topic as the endpoint keeps them, tokens included.
    fn subscriptions(&self, topic_arn: &str) -> Vec<belfry_engine::account::Subscription> {
        let account = self.endpoint.copy_of("us-east-1").unwrap();
        let topic = account.topics.get(topic_arn);
        topic.map_or_else(Vec::new, |topic| topic.subscriptions.clone())
    }

    async fn observe(&self, desired: &Desired) -> Observed {
        let scope = Scope {
            suite: "fraud-detection",
            prefix: "fraud-",
            desired,
        };
        self.cloud.observe(&scope).await.unwrap()
    }

    async fn plan(&self, desired: &Desired) -> Plan {
        Plan::new(desired, &self.observe(desired).await)
    }

    async fn apply(&self, desired: &Desired) {
        let plan = self.plan(desired).await;
        let outcome = apply(&self.cloud, &plan, &mut Silent).await;
        let failures: Vec<String> = outcome
            .results
            .iter()
            .filter_map(|(address, _, applied)| match applied {
                Applied::Done => None,
                other => Some(format!("{address}: {other:?}")),
            })
            .collect();
        assert!(failures.is_empty(), "{failures:#?}");
    }

    /// Writes `resource` as somebody else would who may write what is ours.
    async fn change_behind(&self, resource: Resource, observed: &Observed) {
        let found = &observed.resources[&resource.address()];
        let change = Change {
            address: resource.address(),
            action: belfry::provision::Action::Update,
            before: Some(found.resource.clone()),
            after: Some(resource),
            attributes: Vec::new(),
            handle: found.handle.clone(),
        };
        self.cloud.change(&change).await.unwrap();
    }
}

fn changed(plan: &Plan) -> Vec<String> {
    plan.changes
        .iter()
        .map(|change| {
            let names: Vec<_> = change.attributes.iter().map(|a| a.name).collect();
            format!(
                "{} {}: {}",
                change.action.sign(),
                change.address,
                names.join(", ")
            )
        })
        .collect()
}

#[tokio::test]
async fn a_second_plan_is_empty() {
    let fixture = Fixture::new().await;
    let first = fixture.plan(&fixture.desired).await;
    assert_eq!(first.changes.len(), fixture.desired.resources.len());
    fixture.apply(&fixture.desired).await;
    let second = fixture.plan(&fixture.desired).await;
    assert!(second.is_empty(), "{second:#?}");
    // An address that nobody confirmed is waited for.
    let all = second.unchanged + second.waiting.len();
    assert_eq!(all, fixture.desired.resources.len());
}

#[tokio::test]
async fn a_change_behind_belfrys_back_shows_up_in_the_next_plan_for_every_kind() {
    let fixture = Fixture::new().await;
    fixture.apply(&fixture.desired).await;
    let observed = fixture.observe(&fixture.desired).await;
    let mut tampered = 0;
    let mut kinds = Vec::new();
    for resource in fixture.desired.resources.values() {
        let kind = resource.address().kind;
        if kinds.contains(&kind) {
            continue;
        }
        kinds.push(kind);
        if let Some(other) = tamper(resource) {
            fixture.change_behind(other, &observed).await;
            tampered += 1;
        }
    }
    let plan = fixture.plan(&fixture.desired).await;
    assert_eq!(plan.changes.len(), tampered, "{:#?}", changed(&plan));
    fixture.apply(&fixture.desired).await;
    assert!(fixture.plan(&fixture.desired).await.is_empty());
}

#[tokio::test]
async fn a_filters_selection_is_kept_and_its_change_is_planned() {
    let mut fixture = Fixture::new().await;
    fixture.apply(&fixture.desired).await;
    let filters = fixture.desired.resources.values_mut();
    let mut filters = filters.filter_map(|resource| match resource {
        Resource::MetricFilter(filter) => Some(filter),
        _ => None,
    });
    let filter = filters.next().unwrap();
    filter.selection = Some(r#"@aws.region = "us-east-1""#.to_owned());
    let expected = format!(
        "~ {}: selection",
        Resource::MetricFilter(filter.clone()).address()
    );
    assert_eq!(changed(&fixture.plan(&fixture.desired).await), [expected]);
    fixture.apply(&fixture.desired).await;
    assert!(fixture.plan(&fixture.desired).await.is_empty());
}

/// The same resource with one thing changed; a subscription has nothing to change.
fn tamper(resource: &Resource) -> Option<Resource> {
    Some(match resource.clone() {
        Resource::Topic(topic) => {
            let nobody = serde_json::json!({ "Version": "2012-10-17", "Statement": [{
                "Effect": "Deny", "Principal": "*", "Action": "SNS:Publish", "Resource": "*",
            }] });
            Resource::Topic(TopicResource {
                policy: topic_policy::normal(&nobody),
                ..topic
            })
        }
        Resource::Bucket(bucket) => Resource::Bucket(BucketResource {
            is_public_blocked: false,
            lifecycle: serde_json::Value::Null,
            ..bucket
        }),
        Resource::LoadBalancer(mut balancer) => {
            let key = "access_logs.s3.enabled".to_owned();
            balancer.attributes.insert(key, "false".to_owned());
            Resource::LoadBalancer(balancer)
        }
        Resource::Subscription(_) | Resource::Database(_) => return None,
        Resource::Budget(budget) => Resource::Budget(BudgetResource {
            limit: "7 USD".to_owned(),
            notifications: budget.notifications.into_iter().skip(1).collect(),
            ..budget
        }),
        Resource::Workgroup(workgroup) => Resource::Workgroup(WorkgroupResource {
            bytes_scanned_limit: None,
            ..workgroup
        }),
        Resource::Table(table) => Resource::Table(TableResource {
            columns: table.columns.into_iter().skip(1).collect(),
            ..table
        }),
        Resource::NamedQuery(query) => Resource::NamedQuery(NamedQueryResource {
            text: "SELECT 1".to_owned(),
            ..query
        }),
        Resource::LogGroup(group) => Resource::LogGroup(LogGroupResource {
            retention_days: None,
            ..group
        }),
        Resource::MetricFilter(filter) => Resource::MetricFilter(MetricFilterResource {
            pattern: "ERROR".to_owned(),
            value: "1".to_owned(),
            ..filter
        }),
        Resource::Query(query) => Resource::Query(QueryResource {
            text: "fields @message".to_owned(),
            ..query
        }),
        Resource::Alarm(alarm) => Resource::Alarm(AlarmResource {
            threshold: Some(11.5),
            ..alarm
        }),
        Resource::CompositeAlarm(alarm) => Resource::CompositeAlarm(CompositeAlarmResource {
            rule: "FALSE".to_owned(),
            ..alarm
        }),
        Resource::LogAlarm(alarm) => Resource::LogAlarm(LogAlarmResource {
            results_to_evaluate: 7,
            ..alarm
        }),
        Resource::MuteRule(rule) => Resource::MuteRule(MuteRuleResource {
            duration: "PT7H".to_owned(),
            ..rule
        }),
        Resource::Dashboard(dashboard) => Resource::Dashboard(DashboardResource::new(
            &dashboard.name,
            r#"{"widgets": []}"#,
        )),
    })
}

/// Two composite alarms of which the first by name reads the second.
fn with_composites(desired: &Desired) -> Desired {
    let composite = |name: &str, rule: &str| {
        Resource::CompositeAlarm(CompositeAlarmResource {
            name: name.to_owned(),
            description: "d".to_owned(),
            rule: rule.to_owned(),
            suppressor: Some(("fraud-breaker-open".to_owned(), 120, 60)),
            actions: AlarmActions {
                enabled: true,
                ..AlarmActions::default()
            },
        })
    };
    let composites = [
        composite("fraud-a", "ALARM(\"fraud-b\") OR ALARM(fraud-5xx)"),
        composite("fraud-b", "ALARM(fraud-error-count)"),
    ];
    let all = desired.resources.values().cloned();
    all.chain(composites).collect()
}

#[tokio::test]
async fn composite_alarms_are_made_after_what_they_read_and_deleted_before() {
    let fixture = Fixture::new().await;
    let desired = with_composites(&fixture.desired);
    let names = |plan: &Plan| {
        let changes = plan.changes.iter();
        let names = changes.map(|change| change.address.name.clone());
        names
            .filter(|name| name.starts_with("fraud-a") || name.starts_with("fraud-b"))
            .filter(|name| name.len() == 7)
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&fixture.plan(&desired).await), ["fraud-b", "fraud-a"]);
    fixture.apply(&desired).await;
    assert!(fixture.plan(&desired).await.is_empty());
    let observed = fixture.observe(&desired).await;
    let composite = desired
        .resources
        .values()
        .find_map(|resource| match resource {
            Resource::CompositeAlarm(_) => tamper(resource),
            _ => None,
        });
    fixture.change_behind(composite.unwrap(), &observed).await;
    assert_eq!(names(&fixture.plan(&desired).await), ["fraud-a"]);
    fixture.apply(&desired).await;
    let plan = fixture.plan(&fixture.desired).await;
    assert_eq!(names(&plan), ["fraud-a", "fraud-b"]);
    fixture.apply(&fixture.desired).await;
    assert!(fixture.plan(&fixture.desired).await.is_empty());
}

#[tokio::test]
async fn what_left_the_suite_is_deleted_but_what_holds_data_is_kept() {
    let fixture = Fixture::new().await;
    fixture.apply(&fixture.desired).await;
    let mut smaller = fixture.desired.clone();
    smaller.resources.retain(|address, _| {
        let name = address.name.as_str();
        name == "/ecs/fraud-detection/access" || name.starts_with("fraud-c")
    });
    fixture.apply(&smaller).await;
    let plan = fixture.plan(&smaller).await;
    assert!(plan.changes.is_empty(), "{:#?}", changed(&plan));
    let kept: Vec<String> = plan.kept.iter().map(ToString::to_string).collect();
    assert_eq!(
        kept,
        [
            "table.fraud_detection.alb_logs",
            "table.fraud_detection.alb_health_check_logs",
            "database.fraud_detection",
            "workgroup.fraud-detection",
            "log_group./ecs/fraud-detection/application",
            "log_group./aws/ecs/fraud-detection-cluster",
            "load_balancer.fraud-detection-alb",
            "bucket.fraud-detection-alb-logs",
            "topic.fraud-detection-alerts"
        ]
    );
}

#[tokio::test]
async fn what_somebody_else_made_is_a_conflict_and_is_not_touched() {
    let fixture = Fixture::new().await;
    fixture.apply(&fixture.desired).await;
    let theirs = AwsCloud::open(fixture.session(), "another-suite")
        .await
        .unwrap();
    let scope = Scope {
        suite: "another-suite",
        prefix: "fraud-",
        desired: &fixture.desired,
    };
    let plan = Plan::new(&fixture.desired, &theirs.observe(&scope).await.unwrap());
    // Queries take no tags; subscriptions stand or fall with their topic.
    let untagged = fixture
        .desired
        .resources
        .keys()
        .filter(|a| matches!(a.kind, Kind::Query | Kind::NamedQuery | Kind::Subscription))
        .count();
    assert_eq!(
        plan.conflicts.len(),
        fixture.desired.resources.len() - untagged
    );
    assert!(plan.conflicts[0].reason.contains("names `fraud-detection`"));
}

#[tokio::test]
async fn a_refusal_names_operation_resource_and_awss_words() {
    let fixture = Fixture::new().await;
    let group = LogGroupResource {
        name: "/bad*name".to_owned(),
        retention_days: None,
        class: "STANDARD".to_owned(),
        tags: None,
    };
    let change = Change {
        address: Resource::LogGroup(group.clone()).address(),
        action: belfry::provision::Action::Create,
        before: None,
        after: Some(Resource::LogGroup(group)),
        attributes: Vec::new(),
        handle: None,
    };
    let error: CloudError = fixture.cloud.change(&change).await.unwrap_err();
    assert_eq!(error.operation, "DescribeLogGroups");
    assert_eq!(error.resource, "/bad*name");
    assert_eq!(error.code.as_deref(), Some("InvalidParameterException"));
}

#[tokio::test]
async fn a_query_that_is_stopped_gives_no_answer() {
    let fixture = Fixture::new().await;
    fixture.apply(&fixture.desired).await;
    let groups = ["/ecs/fraud-detection/application".to_owned()];
    let request = QueryRequest {
        text: "fields @message",
        log_groups: &groups,
        range: TimeRange {
            start: Millis(0),
            end: Millis::from_seconds(1_900_000_000),
        },
        limit: None,
    };
    let session = fixture.session();
    let complete = session
        .run_query(&request, &mut |_| true, std::future::pending())
        .await;
    assert!(matches!(complete.unwrap(), Ran::Complete(_)));
    let stopped = session
        .run_query(&request, &mut |_| true, std::future::ready(()))
        .await;
    assert!(matches!(stopped.unwrap(), Ran::Stopped(_)));
}
