use super::fixture::{BELFRY_TOML, Folder};
use super::served::Served;

const BOARD: &str = r#"{
  "widgets": [
    {
      "type": "text",
      "x": 0,
      "y": 0,
      "width": 6,
      "height": 2,
      "properties": {
        "markdown": "hello ${region}"
      }
    }
  ]
}
"#;

fn read(folder: &Folder, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).unwrap()
}

/// A longer text and a new widget, another query text without its comments, another retention and threshold.
async fn edit_by_hand(served: &Served) {
    let (cloudwatch, logs) = (served.cloudwatch(), served.logs());
    let body = r#"{"widgets": [
        {"height": 2, "width": 12, "type": "text", "y": 0, "x": 0, "properties": {"markdown": "hello us-east-1!"}},
        {"type": "metric", "x": 0, "y": 2, "width": 6, "height": 6, "properties": {"title": "Errors", "region": "us-east-1", "metrics": [["Demo", "Errors"]], "period": 60, "stat": "Sum"}}]}"#;
    for name in ["demo-main", "demo-at-night"] {
        let request = cloudwatch.put_dashboard().dashboard_name(name);
        request.dashboard_body(body).send().await.unwrap();
    }
    let definitions = logs.describe_query_definitions().send().await.unwrap();
    let id = definitions.query_definitions()[0]
        .query_definition_id()
        .unwrap();
    let request = logs
        .put_query_definition()
        .name("demo/errors")
        .query_definition_id(id);
    let request = request.log_group_names("/demo/app");
    let text = "filter level = \"ERROR\"\n| stats count(*) as n by endpoint, status";
    request.query_string(text).send().await.unwrap();
    let request = logs.put_retention_policy().log_group_name("/demo/app");
    request.retention_in_days(30).send().await.unwrap();
    let request = cloudwatch
        .put_metric_alarm()
        .alarm_name("demo-errors")
        .threshold(12.5);
    let request = request.alarm_description("errors\nOwner: team\nRunbook: runbook.md");
    let request = request.namespace("Demo").metric_name("Errors").period(60);
    let request = request.evaluation_periods(1).statistic("Sum".into());
    let topic = "arn:aws:sns:us-east-1:000000000000:demo-alerts";
    let request = request.alarm_actions(topic);
    let operator = "GreaterThanThreshold".into();
    request.comparison_operator(operator).send().await.unwrap();
}

#[test]
fn an_edit_in_the_console_becomes_an_edit_of_the_files_and_the_next_plan_is_empty() {
    let (folder, served) = (Folder::with_suite(), Served::new());
    folder.write("dashboards/main.json", BOARD);
    let belfry = |arguments: &[&str]| folder.belfry_with(&served.variables(), arguments);
    assert!(belfry(&["apply", "--yes"]).starts_with("exit 0\n"));
    insta::assert_snapshot!(belfry(&["pull"]), @r"
    exit 0
    ----- stdout -----
    nothing to write
    ----- stderr -----
    ");
    assert_eq!(read(&folder, "dashboards/main.json"), BOARD);
    served.run(edit_by_hand(&served));
    assert!(belfry(&["pull", "--dry-run"]).contains("~ dashboards/main.json"));
    assert_eq!(read(&folder, "dashboards/main.json"), BOARD);
    insta::assert_snapshot!(belfry(&["pull"]), @r"
    exit 0
    ----- stdout -----
    ~ belfry.toml: log_group./demo/app, alarm.demo-errors
    ~ queries/insights/errors.cwli: query.demo/errors
    ~ dashboards/main.json: dashboard.demo-main
    + dashboards/at-night.json: dashboard.demo-at-night
    ----- stderr -----
    `belfry adopt dashboard.demo-at-night` makes it the suite's
    ");
    let text = read(&folder, "dashboards/main.json");
    assert!(
        text.contains("\"markdown\": \"hello ${region}!\""),
        "{text}"
    );
    assert!(
        text.contains("\"region\": \"${region}\",\n        \"metrics\": [[\"Demo\", \"Errors\"]]"),
        "{text}"
    );
    assert!(text.starts_with(&BOARD[..60]), "{text}");
    let query = read(&folder, "queries/insights/errors.cwli");
    assert_eq!(
        query,
        "# description: Errors by endpoint.\n# log-groups: /demo/app\nfilter level = \"ERROR\"\n| stats count(*) as n by endpoint, status\n"
    );
    let toml = BELFRY_TOML.replace("retention_days = 7", "retention_days = 30");
    assert_eq!(
        read(&folder, "belfry.toml"),
        toml.replace("threshold = 10", "threshold = 12.5")
    );
    assert!(belfry(&["adopt", "dashboard.demo-at-night", "--yes"]).starts_with("exit 0\n"));
    insta::assert_snapshot!(belfry(&["plan", "--exit-code"]), @r"
    exit 0
    ----- stdout -----
    no changes; 7 as declared
    ----- stderr -----
    ");
}

#[test]
fn what_has_no_place_in_a_file_is_refused_and_nothing_is_written() {
    let (folder, served) = (Folder::with_suite(), Served::new());
    folder.write("dashboards/main.json", BOARD);
    let belfry = |arguments: &[&str]| folder.belfry_with(&served.variables(), arguments);
    assert!(belfry(&["apply", "--yes"]).starts_with("exit 0\n"));
    served.run(async {
        let request = served.cloudwatch().put_dashboard().dashboard_name("demo-main");
        let body = r#"{"widgets": [{"type": "text", "x": 0, "y": 0, "width": 6, "height": 2, "properties": {"markdown": "${region}"}}]}"#;
        request.dashboard_body(body).send().await.unwrap();
        let request = served.logs().put_retention_policy().log_group_name("/demo/app");
        request.retention_in_days(30).send().await.unwrap();
    });
    insta::assert_snapshot!(belfry(&["pull", "log_group./demo/app", "dashboard.demo-main"]), @r"
    exit 1
    ----- stdout -----
    ----- stderr -----
    error: dashboard.demo-main is not written back: the deployed body holds `${…}`, which a file would take for a variable
    hint: nothing was written; `belfry apply` puts the environment back instead
    ");
    assert_eq!(read(&folder, "belfry.toml"), BELFRY_TOML);
    insta::assert_snapshot!(belfry(&["pull", "topic.demo-alerts", "--format", "json"]), @r#"
    exit 0
    ----- stdout -----
    {
      "version": 1,
      "files": [],
      "left": []
    }
    ----- stderr -----
    "#);
    insta::assert_snapshot!(belfry(&["pull"]), @r"
    exit 0
    ----- stdout -----
    ~ belfry.toml: log_group./demo/app
    ----- stderr -----
    dashboard.demo-main is left: the deployed body holds `${…}`, which a file would take for a variable
    ");
}

const ATHENA: &str = r#"
[variables]
table = "alb_logs"

[[bucket]]
name = "demo-logs"

[athena]
workgroup = "demo"
results = "s3://demo-logs/results/"
database = "demo"

[athena.access_logs]
table = "alb_logs"
location = "s3://demo-logs/alb/"
since = "2026/01/01"
"#;

#[test]
fn a_named_query_of_athena_gets_the_deployed_text_and_keeps_its_variables() {
    let (folder, served) = (Folder::with_suite(), Served::new());
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{ATHENA}"));
    let file = "-- description: Answers.\nSELECT elb_status_code\nFROM ${table}\nLIMIT 10\n";
    folder.write("queries/athena/answers.sql", file);
    let belfry = |arguments: &[&str]| folder.belfry_with(&served.variables(), arguments);
    let said = belfry(&["apply", "--yes"]);
    assert!(said.starts_with("exit 0\n"), "{said}");
    served.run(async {
        let athena = served.athena();
        let all = athena.list_named_queries().work_group("demo");
        let all = all.send().await.unwrap();
        let request = athena.update_named_query().name("demo/answers");
        let request = request.named_query_id(&all.named_query_ids()[0]);
        let request = request.description("Answers, the first ones.");
        let text = "SELECT elb_status_code\nFROM alb_logs\nLIMIT 5";
        request.query_string(text).send().await.unwrap();
    });
    insta::assert_snapshot!(belfry(&["pull"]), @r"
    exit 0
    ----- stdout -----
    ~ queries/athena/answers.sql: named_query.demo/answers
    ----- stderr -----
    ");
    let edited = file.replace("Answers.", "Answers, the first ones.");
    assert_eq!(
        read(&folder, "queries/athena/answers.sql"),
        edited.replace("10", "5")
    );
}
