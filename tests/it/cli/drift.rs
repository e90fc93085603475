use aws_sdk_cloudwatchlogs::types::MetricTransformation;

use super::fixture::Folder;
use super::served::Served;

/// What a person does in the console at 3 am.
async fn edit_by_hand(served: &Served) {
    let logs = served.logs();
    let request = logs.put_subscription_filter().log_group_name("/demo/app");
    let request = request.filter_name("to-siem").filter_pattern("ERROR");
    let lambda = "arn:aws:lambda:us-east-1:000000000000:function:siem";
    request.destination_arn(lambda).send().await.unwrap();
    let transformation = MetricTransformation::builder()
        .metric_name("M")
        .metric_namespace("N")
        .metric_value("1")
        .build()
        .unwrap();
    let request = logs.put_metric_filter().log_group_name("/demo/app");
    let request = request.filter_name("by-hand").filter_pattern("x");
    request
        .metric_transformations(transformation)
        .send()
        .await
        .unwrap();
    let request = logs.put_retention_policy().log_group_name("/demo/app");
    request.retention_in_days(30).send().await.unwrap();
    let cloudwatch = served.cloudwatch();
    let request = cloudwatch.put_dashboard().dashboard_name("demo-scratch");
    request
        .dashboard_body(r#"{"widgets": []}"#)
        .send()
        .await
        .unwrap();
    let request = cloudwatch.put_dashboard().dashboard_name("demo-main");
    let body = r#"{"widgets": [{"type": "text", "x": 0, "y": 0, "width": 12, "height": 2, "properties": {"markdown": "hello us-east-1"}}]}"#;
    request.dashboard_body(body).send().await.unwrap();
    cloudwatch
        .delete_alarms()
        .alarm_names("demo-errors")
        .send()
        .await
        .unwrap();
}

#[test]
fn drift_names_what_was_edited_made_and_deleted_by_hand() {
    let (folder, served) = (Folder::with_suite(), Served::new());
    let belfry = |arguments: &[&str]| folder.belfry_with(&served.variables(), arguments);
    assert!(belfry(&["apply", "--yes"]).starts_with("exit 0\n"));
    insta::assert_snapshot!(belfry(&["drift"]), @r"
    exit 0
    ----- stdout -----
    no drift; 6 as declared
    ----- stderr -----
    ");
    served.run(edit_by_hand(&served));
    insta::assert_snapshot!(belfry(&["drift"]), @r#"
    exit 3
    ----- stdout -----
    ~ log_group./demo/app: not as declared
        retention_days: 7 → 30
    - alarm.demo-errors: declared, and not there
    ~ dashboard.demo-main: not as declared
        ~ widget "hello us-east-1" (at 0,0)
            resized: 6×2 → 12×2
    + metric_filter./demo/app:by-hand: on the suite's log group, and not declared
        its log group carries no tag `belfry:metric-filter:by-hand`
    + dashboard.demo-scratch: named like the suite's, and nobody's
        it carries no tag `belfry:suite`
    + subscription_filter./demo/app:to-siem: on the suite's log group, and not declared
        it sends events that match `ERROR` to arn:aws:lambda:us-east-1:000000000000:function:siem

    6 resources drifted, 3 as declared
    ----- stderr -----
    "#);
    insta::assert_snapshot!(belfry(&["drift", "--format", "github"]), @r"
    exit 3
    ----- stdout -----
    ::warning file=belfry.toml,title=drift::log_group./demo/app: not as declared: retention_days
    ::warning file=belfry.toml,title=drift::alarm.demo-errors: declared, and not there
    ::warning file=dashboards/main.json,title=drift::dashboard.demo-main: not as declared: body
    ::warning file=belfry.toml,title=drift::metric_filter./demo/app:by-hand: on the suite's log group, and not declared%0Aits log group carries no tag `belfry:metric-filter:by-hand`
    ::warning file=belfry.toml,title=drift::dashboard.demo-scratch: named like the suite's, and nobody's%0Ait carries no tag `belfry:suite`
    ::warning file=belfry.toml,title=drift::subscription_filter./demo/app:to-siem: on the suite's log group, and not declared%0Ait sends events that match `ERROR` to arn:aws:lambda:us-east-1:000000000000:function:siem
    ----- stderr -----
    ");
    let json = belfry(&["drift", "--format", "json"]);
    let json = json.split("----- stdout -----\n").nth(1).unwrap();
    let json = json.split("----- stderr -----").next().unwrap();
    let drift: serde_json::Value = serde_json::from_str(json).unwrap();
    assert_eq!(drift["drifted"], true);
    let what: Vec<_> = drift["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|i| i["what"].as_str().unwrap())
        .collect();
    assert_eq!(
        what,
        [
            "changed",
            "missing",
            "changed",
            "child",
            "unclaimed",
            "child"
        ]
    );
}

#[test]
fn a_second_saved_query_of_a_name_is_planned_away() {
    let (folder, served) = (Folder::with_suite(), Served::new());
    let belfry = |arguments: &[&str]| folder.belfry_with(&served.variables(), arguments);
    assert!(belfry(&["apply", "--yes"]).starts_with("exit 0\n"));
    served.run(async {
        let request = served.logs().put_query_definition().name("demo/errors");
        request
            .query_string("fields @message")
            .send()
            .await
            .unwrap();
    });
    assert!(belfry(&["plan", "--exit-code"]).starts_with("exit 3\n"));
    let said = belfry(&["apply", "--yes"]);
    assert!(said.starts_with("exit 0\n"), "{said}");
    assert!(belfry(&["plan", "--exit-code"]).starts_with("exit 0\n"));
    let left = served.run(async {
        served
            .logs()
            .describe_query_definitions()
            .send()
            .await
            .unwrap()
    });
    assert_eq!(left.query_definitions().len(), 1);
}
