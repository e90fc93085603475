//! Athena's workgroup, database, tables and named queries: made, drifted, left.

use belfry::aws::AwsCloud;
use belfry::provision::{Cloud as _, Desired, Outcome, Plan, Resource, Scope, Silent, apply};
use belfry::suite::{Request, Suite};

use super::{Fixture, changed};

const SUITE: &str = r#"
[suite]
name = "fraud-detection"
owner = "o"
prefix = "fraud-"
[athena]
workgroup = "fraud-detection"
results = "s3://fraud-results/athena/"
bytes_scanned_limit = 10_000_000_000
database = "fraud_detection"
access_logs = { table = "alb_access_logs", location = "s3://fraud-logs/AWSLogs/${account}/elasticloadbalancing/${region}/", since = "2026/01/01" }
connection_logs = { table = "alb_connection_logs", location = "s3://fraud-logs/AWSLogs/${account}/elasticloadbalancing/${region}/", since = "2026/01/01" }
"#;

struct Athena {
    fixture: Fixture,
    desired: Desired,
}

fn desired(text: &str, sql: &str, cloud: &AwsCloud) -> Desired {
    let folder = tempfile::tempdir().unwrap();
    let queries = folder.path().join("queries/athena");
    std::fs::create_dir_all(&queries).unwrap();
    std::fs::write(queries.join("errors.sql"), sql).unwrap();
    std::fs::write(folder.path().join("belfry.toml"), text).unwrap();
    let request = Request {
        folder: folder.path(),
        environment: "local",
        region: None,
    };
    let suite = Suite::load(&request).unwrap_or_else(|e| panic!("{e:#?}"));
    Desired::of(&suite, cloud.place())
}

impl Athena {
    async fn new() -> Self {
        let fixture = Fixture::new().await;
        let s3 = fixture.session().s3();
        s3.create_bucket()
            .bucket("fraud-results")
            .send()
            .await
            .unwrap();
        let sql = "-- description: All.\nSELECT * FROM alb_access_logs\n";
        let desired = desired(SUITE, sql, &fixture.cloud);
        Self { fixture, desired }
    }

    async fn plan(&self, desired: &Desired) -> Plan {
        Plan::new(desired, &self.fixture.observe(desired).await)
    }

    async fn apply(&self, desired: &Desired) {
        let plan = self.plan(desired).await;
        let outcome: Outcome<_> = apply(&self.fixture.cloud, &plan, &mut Silent).await;
        assert!(outcome.is_complete(), "{outcome:#?}");
    }
}

#[tokio::test]
async fn what_is_declared_is_made_and_the_second_plan_is_empty() {
    let athena = Athena::new().await;
    let first = athena.plan(&athena.desired).await;
    let made: Vec<String> = first
        .changes
        .iter()
        .map(|c| c.address.to_string())
        .collect();
    assert_eq!(
        made,
        [
            "workgroup.fraud-detection",
            "database.fraud_detection",
            "table.fraud_detection.alb_access_logs",
            "table.fraud_detection.alb_connection_logs",
            "named_query.fraud-detection/errors",
        ]
    );
    athena.apply(&athena.desired).await;
    let second = athena.plan(&athena.desired).await;
    assert!(second.is_empty(), "{second:#?}");
}

#[tokio::test]
async fn a_change_behind_belfrys_back_is_seen_and_mended_and_what_left_is_kept_but_for_queries() {
    let athena = Athena::new().await;
    athena.apply(&athena.desired).await;
    let observed = athena.fixture.observe(&athena.desired).await;
    for resource in athena.desired.resources.values() {
        if let Some(other) = super::tamper(resource) {
            athena.fixture.change_behind(other, &observed).await;
        }
    }
    let plan = athena.plan(&athena.desired).await;
    assert_eq!(
        changed(&plan),
        [
            "~ workgroup.fraud-detection: bytes_scanned_limit",
            "~ table.fraud_detection.alb_access_logs: columns",
            "~ table.fraud_detection.alb_connection_logs: columns",
            "~ named_query.fraud-detection/errors: text",
        ]
    );
    athena.apply(&athena.desired).await;
    assert!(athena.plan(&athena.desired).await.is_empty());
    let mut less = athena.desired.clone();
    less.resources
        .retain(|_, resource| matches!(resource, Resource::Workgroup(_) | Resource::Database(_)));
    let plan = athena.plan(&less).await;
    assert_eq!(
        changed(&plan),
        ["- named_query.fraud-detection/errors: workgroup, database, description, text"]
    );
    assert_eq!(plan.kept.len(), 2);
}

#[tokio::test]
async fn a_later_first_day_changes_the_projection_alone() {
    let athena = Athena::new().await;
    athena.apply(&athena.desired).await;
    let later = SUITE.replace("2026/01/01", "2026/06/01");
    let later = desired(&later, "SELECT 1", &athena.fixture.cloud);
    let plan = athena.plan(&later).await;
    assert_eq!(
        changed(&plan),
        [
            "~ table.fraud_detection.alb_access_logs: projection",
            "~ table.fraud_detection.alb_connection_logs: projection",
            "~ named_query.fraud-detection/errors: description, text",
        ]
    );
    athena.apply(&later).await;
    assert!(athena.plan(&later).await.is_empty());
}

#[tokio::test]
async fn another_suites_database_is_not_touched() {
    let athena = Athena::new().await;
    athena.apply(&athena.desired).await;
    let others = AwsCloud::open(athena.fixture.session(), "others")
        .await
        .unwrap();
    let scope = Scope {
        suite: "others",
        prefix: "fraud-",
        desired: &athena.desired,
    };
    let plan = Plan::new(&athena.desired, &others.observe(&scope).await.unwrap());
    let conflicts: Vec<String> = plan
        .conflicts
        .iter()
        .map(|c| c.address.to_string())
        .collect();
    assert_eq!(
        conflicts,
        [
            "workgroup.fraud-detection",
            "database.fraud_detection",
            "table.fraud_detection.alb_access_logs",
            "table.fraud_detection.alb_connection_logs",
        ]
    );
}
