use super::fixture::Folder;
use super::served::Served;

async fn make_by_hand(served: &Served) {
    let cloudwatch = served.cloudwatch();
    let request = cloudwatch.put_metric_alarm().alarm_name("demo-errors");
    let request = request
        .namespace("Demo")
        .metric_name("Errors")
        .period(60)
        .threshold(99.0);
    let request = request.evaluation_periods(1).statistic("Sum".into());
    let operator = "GreaterThanThreshold".into();
    request.comparison_operator(operator).send().await.unwrap();
    let request = served.logs().create_log_group().log_group_name("/demo/app");
    request.send().await.unwrap();
    served
        .sns()
        .create_topic()
        .name("demo-alerts")
        .send()
        .await
        .unwrap();
    let request = cloudwatch.put_dashboard().dashboard_name("demo-main");
    let request = request.dashboard_body(r#"{"widgets": []}"#);
    let theirs = aws_sdk_cloudwatch::types::Tag::builder();
    let theirs = theirs.key("belfry:suite").value("others").build();
    request.tags(theirs).send().await.unwrap();
}

#[test]
fn what_nobody_owns_is_taken_over_and_what_somebody_owns_is_not() {
    let (folder, served) = (Folder::with_suite(), Served::new());
    served.run(make_by_hand(&served));
    let belfry = |arguments: &[&str]| folder.belfry_with(&served.variables(), arguments);
    insta::assert_snapshot!(belfry(&["apply", "--yes", "--quiet"]), @r"
    exit 4
    ----- stdout -----
    ----- stderr -----
    error: 4 resources of the suite's names exist and are not the suite's
    hint: `belfry adopt ADDRESS` takes over what nobody owns; what another suite owns is renamed in one of the two
    ");
    insta::assert_snapshot!(belfry(&["adopt", "alarm.demo-errors", "--yes"]), @r#"
    exit 0
    ----- stdout -----
    ~ alarm.demo-errors
        description:
          -
          + errors
          + Owner: team
          + Runbook: runbook.md
        threshold: 99 → 10
        actions: (none) → "arn:aws:sns:us-east-1:000000000000:demo-alerts"

    1 resource taken over
    ----- stderr -----
    `belfry apply` makes what differs
    "#);
    insta::assert_snapshot!(belfry(&["adopt", "dashboard.demo-main", "--yes"]), @r"
    exit 4
    ----- stdout -----
    ----- stderr -----
    error: dashboard.demo-main is somebody else's: its tag `belfry:suite` names `others`
    ");
    insta::assert_snapshot!(belfry(&["adopt", "alarm.demo-erors", "--yes"]), @r"
    exit 2
    ----- stdout -----
    ----- stderr -----
    error: neither the suite nor the environment has `alarm.demo-erors`
    hint: there is `alarm.demo-errors`
    ");
    insta::assert_snapshot!(belfry(&["adopt", "alarm.demo-errors"]), @r"
    exit 2
    ----- stdout -----
    ----- stderr -----
    error: nobody can be asked here, so `adopt` needs --yes
    ");
    let said = belfry(&[
        "adopt",
        "--yes",
        "log_group./demo/app",
        "topic.demo-alerts",
        "alarm.demo-errors",
    ]);
    assert!(said.contains("2 resources taken over"), "{said}");
    served.run(async {
        let request = served.cloudwatch().delete_dashboards();
        request.dashboard_names("demo-main").send().await.unwrap();
    });
    assert!(belfry(&["apply", "--yes"]).starts_with("exit 0\n"));
    assert!(belfry(&["plan", "--exit-code"]).starts_with("exit 0\n"));
}
