//! What somebody made by hand under the suite's names is taken over by its tag, kind by kind.

use belfry::provision::{Address, Kind, Ownership};

use super::{Fixture, changed};

const KINDS: &[Kind] = &[
    Kind::Bucket,
    Kind::Workgroup,
    Kind::Database,
    Kind::Table,
    Kind::Budget,
];

/// Runs a statement in the workgroup that every account has.
async fn run(fixture: &Fixture, text: &str) {
    let athena = fixture.session().athena();
    let output = aws_sdk_athena::types::ResultConfiguration::builder();
    let output = output.output_location("s3://by-hand/").build();
    let request = athena.start_query_execution().query_string(text);
    let started = request.result_configuration(output).send().await.unwrap();
    let id = started.query_execution_id().unwrap();
    let request = athena.get_query_execution().query_execution_id(id);
    let found = request.send().await.unwrap();
    let status = found.query_execution().unwrap().status().unwrap().clone();
    assert_eq!(status.state().unwrap().as_str(), "SUCCEEDED", "{status:?}");
}

async fn make_by_hand(fixture: &Fixture) {
    let session = fixture.session();
    let s3 = session.s3();
    // Results go to the second, where the suite's workgroup will put them.
    for bucket in ["by-hand", "fraud-detection-alb-logs"] {
        s3.create_bucket().bucket(bucket).send().await.unwrap();
    }
    let athena = session.athena();
    let request = athena.create_work_group().name("fraud-detection");
    request.send().await.unwrap();
    run(fixture, "CREATE DATABASE fraud_detection").await;
    run(
        fixture,
        "CREATE EXTERNAL TABLE fraud_detection.alb_logs (a string) LOCATION 's3://by-hand/logs/'",
    )
    .await;
    make_budget(fixture).await;
}

async fn make_budget(fixture: &Fixture) {
    use aws_sdk_budgets::types::{Budget, BudgetType, Spend, TimeUnit};
    let limit = Spend::builder().amount("7").unit("USD").build().unwrap();
    let budget = Budget::builder()
        .budget_name("fraud-detection-monthly")
        .budget_limit(limit)
        .budget_type(BudgetType::Cost)
        .time_unit(TimeUnit::Monthly)
        .build()
        .unwrap();
    let budgets = fixture.session().budgets();
    let request = budgets.create_budget().account_id("000000000000");
    request.budget(budget).send().await.unwrap();
}

#[tokio::test]
async fn athenas_kinds_and_budgets_are_taken_over_by_their_tag_and_then_made_as_declared() {
    let fixture = Fixture::new().await;
    make_by_hand(&fixture).await;
    let plan = fixture.plan(&fixture.desired).await;
    let conflicts: Vec<Kind> = plan.conflicts.iter().map(|c| c.address.kind).collect();
    assert_eq!(conflicts, KINDS);
    let observed = fixture.observe(&fixture.desired).await;
    let by_hand = observed.resources.values();
    for found in by_hand.filter(|found| matches!(found.ownership, Ownership::Unclaimed(_))) {
        let adopted = fixture.cloud.adopt(&found.resource, &fixture.desired);
        adopted.await.unwrap();
    }
    let plan = fixture.plan(&fixture.desired).await;
    assert_eq!(plan.conflicts, []);
    let updated = changed(&plan)
        .into_iter()
        .filter(|line| line.starts_with('~'));
    let updated: Vec<String> = updated
        .map(|line| line.split(": ").next().unwrap().to_owned())
        .collect();
    assert_eq!(
        updated,
        [
            "~ bucket.fraud-detection-alb-logs",
            "~ load_balancer.fraud-detection-alb",
            "~ workgroup.fraud-detection",
            "~ table.fraud_detection.alb_logs",
            "~ budget.fraud-detection-monthly"
        ]
    );
    fixture.apply(&fixture.desired).await;
    assert!(fixture.plan(&fixture.desired).await.is_empty());
}

#[tokio::test]
async fn a_database_is_taken_over_before_the_suites_workgroup_is_there() {
    let fixture = Fixture::new().await;
    let s3 = fixture.session().s3();
    s3.create_bucket().bucket("by-hand").send().await.unwrap();
    run(&fixture, "CREATE DATABASE fraud_detection").await;
    let observed = fixture.observe(&fixture.desired).await;
    let address = Address::new(Kind::Database, "fraud_detection");
    let found = &observed.resources[&address];
    // Results go where the suite's workgroup will put them.
    let bucket = "fraud-detection-alb-logs";
    s3.create_bucket().bucket(bucket).send().await.unwrap();
    let adopted = fixture.cloud.adopt(&found.resource, &fixture.desired);
    adopted.await.unwrap();
    let observed = fixture.observe(&fixture.desired).await;
    assert_eq!(observed.resources[&address].ownership, Ownership::Ours);
}

#[tokio::test]
async fn what_another_suite_tagged_since_is_not_taken_over() {
    let fixture = Fixture::new().await;
    make_by_hand(&fixture).await;
    let observed = fixture.observe(&fixture.desired).await;
    let athena = fixture.session().athena();
    let tag = aws_sdk_athena::types::Tag::builder();
    let tag = tag.key("belfry:suite").value("another").build();
    let arn = fixture.cloud.place().workgroup_arn("fraud-detection");
    let request = athena.tag_resource().resource_arn(arn).tags(tag);
    request.send().await.unwrap();
    run(
        &fixture,
        "ALTER DATABASE fraud_detection SET DBPROPERTIES ('belfry:suite'='another')",
    )
    .await;
    for kind in [Kind::Workgroup, Kind::Database] {
        let mut all = observed.resources.values();
        let found = all.find(|found| found.resource.address().kind == kind);
        let adopted = fixture
            .cloud
            .adopt(&found.unwrap().resource, &fixture.desired);
        let error = adopted.await.unwrap_err().to_string();
        assert!(error.contains("names `another`"), "{error}");
    }
}
