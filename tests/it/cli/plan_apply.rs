use super::fixture::{BELFRY_TOML, Folder};

#[test]
fn apply_makes_what_plan_shows_and_the_second_plan_is_empty() {
    let folder = Folder::with_suite();
    insta::assert_snapshot!(folder.belfry(&["plan", "--exit-code"]), @r###"
    exit 3
    ----- stdout -----
    + topic.demo-alerts
        policy: "{"Action":"SNS:Publish","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:budgets::000000000000:*"},"StringEquals":{"aws:SourceAccount":"000000000000"}},"Effect":"Allow","Principal":{"Service":"budgets.amazonaws.com"},"Resource":"arn:aws:sns:us-east-1:000000000000:demo-alerts","Sid":"belfry-budgets"}" … and 2 more lines
    + log_group./demo/app
        retention_days: 7
        class: "STANDARD"
    + metric_filter./demo/app:Errors
        log_group: "/demo/app"
        pattern: "{ $.level = "ERROR" }"
        namespace: "Demo"
        metric: "Errors"
        value: "1"
        default: 0
        unit: "None"
    + query.demo/errors
        log_groups: "/demo/app"
        text: "# description: Errors by endpoint." … and 3 more lines
    + alarm.demo-errors
        description: "errors" … and 2 more lines
        metric: namespace "Demo", name "Errors", statistic "Sum", period 60
        evaluation_periods: 1
        datapoints_to_alarm: 1
        threshold: 10
        comparison: "GreaterThanThreshold"
        treat_missing_data: "missing"
        actions_enabled: true
        actions: "arn:aws:sns:us-east-1:000000000000:demo-alerts"
    + dashboard.demo-main
        body: 1 widget

    6 to create, 0 to update, 0 to delete, 0 unchanged
    a month: +1 alarm metric $0.10, +1 custom metric $0.30, +1 dashboard $3.00; $0 → $3.40
      list prices of us-east-1 up to 2026-10-07; $0 where nothing else uses the account's free tier
      what is paid by use (logs, scans, requests) is not in it
    ----- stderr -----
    "###);
    insta::assert_snapshot!(folder.belfry(&["apply", "--yes", "--quiet"]), @r###"
    exit 0
    ----- stdout -----

    + topic.demo-alerts
    + log_group./demo/app
    + metric_filter./demo/app:Errors
    + query.demo/errors
    + alarm.demo-errors
    + dashboard.demo-main

    6 changes made
    ----- stderr -----
    "###);
    insta::assert_snapshot!(folder.belfry(&["plan", "--exit-code"]), @r###"
    exit 0
    ----- stdout -----
    no changes; 6 as declared
    ----- stderr -----
    "###);
}

#[test]
fn a_change_of_the_suite_is_an_update_and_what_left_it_a_deletion() {
    let folder = Folder::with_suite();
    folder.stdout(&["apply", "--yes"]);
    let (kept, _) = BELFRY_TOML.split_once("[[alarm]]").unwrap();
    folder.write(
        "belfry.toml",
        &kept.replace("retention_days = 7", "retention_days = 14"),
    );
    insta::assert_snapshot!(folder.belfry(&["plan"]), @r###"
    exit 0
    ----- stdout -----
    ~ log_group./demo/app
        retention_days: 7 → 14
    - alarm.demo-errors

    0 to create, 1 to update, 1 to delete, 4 unchanged
    a month: -1 alarm metric -$0.10; $3.40 → $3.30
      list prices of us-east-1 up to 2026-10-07; $0 where nothing else uses the account's free tier
      what is paid by use (logs, scans, requests) is not in it
    ----- stderr -----
    "###);
}

#[test]
fn a_plan_for_machines_has_a_version() {
    let folder = Folder::with_suite();
    let text = folder.stdout(&["plan", "--format", "json"]);
    let plan: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(plan["version"], 1);
    assert_eq!(plan["summary"]["create"], 6);
    assert_eq!(plan["changes"][0]["address"], "topic.demo-alerts");
    assert_eq!(plan["changes"][0]["action"], "create");
}

#[test]
fn apply_refuses_to_change_anything_where_nobody_can_be_asked() {
    let folder = Folder::with_suite();
    insta::assert_snapshot!(folder.belfry(&["apply"]), @r###"
    exit 2
    ----- stdout -----
    ----- stderr -----
    error: nobody can be asked here, so `apply` needs --yes
    hint: `belfry plan` shows what would change
    "###);
}

#[test]
fn an_alarm_on_metric_math_comes_back_as_it_was_put() {
    let folder = Folder::with_suite();
    let math = r#"
[[alarm]]
name = "demo-error-rate"
description = "share of errors"
owner = "team"
runbook = "https://example.com/runbook"
metrics = [
    { id = "errors", namespace = "Demo", name = "Errors" },
    { id = "requests", namespace = "Demo", name = "Requests", dimensions = { Service = "demo" } },
]
expression = "errors / requests * 100"
statistic = "Sum"
period = 60
evaluation_periods = 3
datapoints_to_alarm = 2
threshold = 2.5
comparison = ">="
treat_missing_data = "ignore"
"#;
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{math}"));
    folder.stdout(&["apply", "--yes"]);
    assert_eq!(folder.stdout(&["plan"]), "no changes; 7 as declared\n");
}

#[test]
fn apply_for_machines_says_what_became_of_each_change() {
    let folder = Folder::with_suite();
    let text = folder.stdout(&["apply", "--yes", "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(answer["applied"]["complete"], true);
    assert_eq!(answer["applied"]["results"][0]["result"], "done");
    assert_eq!(answer["plan"]["summary"]["create"], 6);
}
