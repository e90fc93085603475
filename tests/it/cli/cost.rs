use std::fmt::Write as _;

use serde_json::Value;

use super::environment::Served;
use super::fixture::{BELFRY_TOML, Folder};

const HEADER: &str = "line_item_line_item_type,line_item_product_code,line_item_unblended_cost,line_item_usage_start_date,\
line_item_usage_end_date,line_item_currency_code,line_item_usage_type,line_item_usage_amount,pricing_unit,resource_tags\n";

/// Days of tasks, logs and alarms; the logs of the last week cost twice as much.
fn export(first: jiff::civil::Date, days: usize) -> String {
    let mut text = HEADER.to_owned();
    let all = first.series(jiff::Span::new().days(1)).take(days);
    for (number, day) in all.enumerate() {
        let next = day.tomorrow().unwrap();
        let logs = if number + 7 < days { 2 } else { 4 };
        let tag = r#""{""user_team"":""fraud""}""#;
        writeln!(
            text,
            "Usage,AmazonECS,10,{day},{next},USD,USE1-Fargate-vCPU-Hours:perCPU,24,Hrs,{tag}"
        )
        .unwrap();
        writeln!(
            text,
            "Usage,AmazonCloudWatch,{logs},{day},{next},USD,DataProcessing-Bytes,4,GB,"
        )
        .unwrap();
        writeln!(
            text,
            "Usage,AmazonCloudWatch,0.5,{day},{next},USD,CW:AlarmMonitorUsage,1,Alarms,"
        )
        .unwrap();
    }
    text
}

fn folder() -> Folder {
    let folder = Folder::with_suite();
    folder.write("cur.csv", &export(jiff::civil::date(2026, 10, 1), 51));
    folder
}

const ASK: &[&str] = &[
    "cost",
    "--file",
    "cur.csv",
    "--day",
    "2026-11-21",
    "--budget",
    "400",
];

#[test]
fn a_report_says_what_was_spent_and_where_the_budget_leads() {
    let folder = folder();
    let told = folder.stdout(ASK);
    for part in [
        "cost of demo on 2026-11-21 (UTC), USD, part of it still estimated",
        "│ Fargate           ┆         0.00 ┆     10.00 ┆       70.00 ┆        200.00 ┆     310.00 ┆",
        "│ CloudWatch logs   ┆         0.00 ┆      4.00 ┆       28.00 ┆         54.00 ┆      62.00 ┆",
        "│ CloudWatch alarms ┆",
        "│ total             ┆         0.00 ┆     14.50 ┆      101.50 ┆        264.00 ┆     387.50 ┆",
        "budget of $400.00: 66 % of the budget at 67 % of the month; at this pace the month ends at 99 % of it",
        "AmazonCloudWatch ┆ DataProcessing-Bytes",
        "per 1,000 scored transactions: no metric says how many were scored",
        "answered by the embedded Cost Explorer",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
}

#[test]
fn a_report_is_json_csv_markdown_and_a_page_of_its_own() {
    let folder = folder();
    let ask = |more: &[&str]| folder.stdout(&[ASK, more].concat());
    let json: Value = serde_json::from_str(&ask(&["--format", "json"])).unwrap();
    assert_eq!(json["spans"][1]["amount"], "14.5");
    assert_eq!(json["changes"][0]["difference"], "14");
    // Ten days are left: on each the mean of its weekday over seven weeks.
    let month: f64 = json["month"]["mean"].as_str().unwrap().parse().unwrap();
    assert!((389.0..400.0).contains(&month), "{month}");
    assert_eq!(json["budget"]["percent"], "66");
    let csv = ask(&["--format", "csv"]);
    assert!(csv.starts_with("what,today so far,yesterday,last 7 days,month to date,last month\r\nFargate,0.00,10.00,"), "{csv}");
    let markdown = ask(&["--format", "markdown"]);
    assert!(
        markdown.contains("| total | 0.00 | 14.50 | 101.50 | 264.00 | 387.50 |"),
        "{markdown}"
    );
    ask(&["--html", "cost.html"]);
    let page = std::fs::read_to_string(folder.path().join("cost.html")).unwrap();
    assert!(
        page.contains("<b>$264.00</b>") && page.contains("@media print"),
        "{page}"
    );
    let foreign = ["http://", "https://", "src=", "href=", "url("];
    assert!(!foreign.iter().any(|part| page.contains(part)), "{page}");
}

#[test]
fn costs_of_one_tag_are_told_apart_and_wrong_files_are_refused() {
    let folder = folder();
    let told = folder.stdout(&[ASK, &["--tag", "team=fraud", "--format", "csv"]].concat());
    assert!(
        told.ends_with("total,0.00,10.00,70.00,200.00,310.00\r\n"),
        "{told}"
    );
    folder.write(
        "bad.csv",
        &format!("{HEADER}Usage,A,x,2026-11-01,2026-11-02,USD,U,1,,\n"),
    );
    let told = folder.belfry(&["cost", "--file", "bad.csv"]);
    assert!(
        told.contains("exit 1") && told.contains("`bad.csv` is wrong at line 2, column 9"),
        "{told}"
    );
    let told = folder.belfry(&["cost", "--file", "cur.csv", "--budget", "many"]);
    assert!(told.contains("exit 2"), "{told}");
}

#[test]
fn publishing_twice_writes_each_day_once() {
    let folder = folder();
    let today = jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date();
    let first = today.checked_sub(jiff::Span::new().days(40)).unwrap();
    folder.write("cur.csv", &export(first, 40));
    let publish = || folder.stdout(&["cost", "publish", "--file", "cur.csv", "--budget", "1000"]);
    let told = publish();
    assert!(
        told.contains("of 13 days published to FraudDetection/Cost"),
        "{told}"
    );
    let told = publish();
    assert!(told.starts_with("nothing to publish"), "{told}");
}

#[test]
fn days_whose_costs_are_still_to_come_are_published_when_they_are_known() {
    let folder = folder();
    let today = jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date();
    let first = today.checked_sub(jiff::Span::new().days(40)).unwrap();
    folder.write("cur.csv", &export(first, 38));
    let publish = || folder.stdout(&["cost", "publish", "--file", "cur.csv"]);
    let last = today.checked_sub(jiff::Span::new().days(3)).unwrap();
    let behind = format!("no costs are known yet of days after {last}");
    let told = publish();
    assert!(
        told.contains("of 11 days published") && told.contains(&behind),
        "{told}"
    );
    let told = publish();
    assert!(
        told.starts_with("nothing to publish") && told.contains(&behind),
        "{told}"
    );
    folder.write("cur.csv", &export(first, 40));
    assert!(publish().contains("of 2 days published"));
    folder.write("cur.csv", HEADER);
    assert!(publish().starts_with("nothing to publish: no costs are known yet"));
    let future = [
        "cost",
        "publish",
        "--file",
        "cur.csv",
        "--day",
        "2999-01-01",
    ];
    let told = folder.belfry(&future);
    assert!(
        told.contains("exit 2") && told.contains("`2999-01-01` is in the future"),
        "{told}"
    );
}

#[test]
fn answers_of_the_day_need_no_network_and_damaged_ones_are_told() {
    let folder = Folder::with_suite();
    let account = "\n[env.prod]\naccount = \"000000000000\"\nregion = \"us-east-1\"\n";
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{account}"));
    let ask = |url: &str| {
        let variables = [
            ("AWS_ENDPOINT_URL", url),
            ("AWS_ACCESS_KEY_ID", "key"),
            ("AWS_SECRET_ACCESS_KEY", "secret"),
        ];
        folder.belfry_with(&variables, &["cost", "--env", "prod"])
    };
    let nowhere = "http://127.0.0.1:9";
    let told = ask(nowhere);
    assert!(
        told.starts_with("exit 5") && told.contains("check the address"),
        "{told}"
    );
    let served = Served::start();
    let told = ask(&served.url);
    assert!(
        told.contains("asked 3 times now ($0.0300), 3 times this month"),
        "{told}"
    );
    let told = ask(nowhere);
    assert!(told.starts_with("exit 0"), "{told}");
    assert!(
        told.contains("asked 0 times now ($0), 3 times this month"),
        "{told}"
    );
    assert!(told.contains("the oldest is 0 min old"), "{told}");
    for file in std::fs::read_dir(folder.path().join(".belfry/costs/prod")).unwrap() {
        std::fs::write(file.unwrap().path(), "{").unwrap();
    }
    assert!(ask(nowhere).starts_with("exit 5"));
    let told = ask(&served.url);
    assert_eq!(
        told.matches("was damaged; it was asked again").count(),
        3,
        "{told}"
    );
    assert!(
        folder
            .path()
            .join(".belfry/costs/prod/requests.damaged.json")
            .exists()
    );
}

const BUDGETS: &str = r#"
[[budget]]
name = "demo-logs"
amount = 100
period = "quarterly"
filters = { Service = ["AmazonCloudWatch"] }
notify = [{ when = "actual", percent = 80, emails = ["cost@example.com"] }]

[[budget]]
name = "demo-monthly"
amount = 400
notify = [{ when = "actual", percent = 80, emails = ["cost@example.com"] }]

[[budget]]
name = "demo-region"
amount = 400
filters = { LegalEntityName = ["AWS"] }
notify = [{ when = "actual", percent = 80, emails = ["cost@example.com"] }]
"#;

#[test]
fn the_budgets_are_the_suites_the_total_of_the_month_first() {
    let folder = folder();
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{BUDGETS}"));
    let ask = &ASK[..5];
    let told = folder.stdout(ask);
    let lines: Vec<&str> = told.lines().filter(|l| l.starts_with("budget ")).collect();
    assert_eq!(
        lines,
        [
            "budget demo-monthly of $400.00: 66 % of the budget at 67 % of the month; at this pace the month ends at 99 % of it (declared by the suite, not in the account)",
            // 51 days of 2.50, two more on each of the last seven.
            "budget demo-logs of $100.00: 142 % of the budget at 55 % of the quarter; the budget is used up (declared by the suite, not in the account)",
            "budget demo-region of $400.00: not counted here: it counts by `LegalEntityName`, which was not asked for (declared by the suite, not in the account)",
        ],
        "{told}"
    );
    let json = folder.stdout(&[ask, &["--format", "json"]].concat());
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["budget"]["budget"], "400");
    assert_eq!(json["budgets"][1]["name"], "demo-logs");
    assert_eq!(json["budgets"][1]["start"], "2026-10-01");
    assert!(
        json["budgets"][2]["error"]
            .as_str()
            .unwrap()
            .contains("LegalEntityName")
    );
}

#[test]
fn a_budget_that_the_account_has_is_the_accounts() {
    let folder = Folder::with_suite();
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{BUDGETS}"));
    folder.stdout(&["apply", "--yes"]);
    let text = std::fs::read_to_string(folder.path().join("belfry.toml")).unwrap();
    folder.write("belfry.toml", &text.replace("amount = 400", "amount = 500"));
    let told = folder.stdout(&["cost"]);
    assert!(
        told.contains("budget demo-monthly of $400.00: 0 % of the budget")
            && told.contains("(the suite declares $500.00)"),
        "{told}"
    );
    let told = folder.stdout(&["cost", "--budget", "70"]);
    assert!(
        told.contains("budget of $70.00: ") && !told.contains("demo-monthly"),
        "{told}"
    );
}

#[test]
fn a_plan_says_which_budgets_the_local_environment_only_keeps() {
    let folder = Folder::with_suite();
    let budgets = BUDGETS.replace(
        "LegalEntityName = [\"AWS\"]",
        "UsageTypeGroup = [\"S3: Requests\"]",
    );
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{budgets}"));
    let told = folder.stdout(&["plan"]);
    assert!(
        told.contains("budget.demo-region: the local environment keeps it and does not evaluate it: AWS does not publish"),
        "{told}"
    );
    assert!(!told.contains("budget.demo-logs: the local"), "{told}");
}

#[test]
fn an_anomaly_has_its_owner_or_it_is_said_that_none_is_known() {
    let folder = folder();
    let anomaly = |id: &str, monitor: &str| {
        serde_json::json!({"AnomalyId": id, "AnomalyStartDate": "2026-11-02", "MonitorArn": monitor,
            "AnomalyScore": {"MaxScore": 0.9, "CurrentScore": 0.4}, "DimensionValue": "AmazonCloudWatch",
            "Impact": {"MaxImpact": 10.0, "TotalImpact": 12.5}})
    };
    let anomalies =
        serde_json::json!({"Anomalies": [anomaly("a", "teams"), anomaly("b", "services")]});
    folder.write("anomalies.json", &anomalies.to_string());
    let monitors = serde_json::json!({"AnomalyMonitors": [
        {"MonitorArn": "teams", "MonitorName": "t", "MonitorType": "CUSTOM",
         "MonitorSpecification": {"Tags": {"Key": "team", "Values": ["fraud"]}}},
        {"MonitorArn": "services", "MonitorName": "s", "MonitorType": "DIMENSIONAL", "MonitorDimension": "SERVICE"}]});
    folder.write("monitors.json", &monitors.to_string());
    let files = [
        "--file",
        "anomalies.json",
        "--file",
        "monitors.json",
        "--format",
        "markdown",
    ];
    let told = folder.stdout(&[ASK, &files].concat());
    for row in [
        "| 2026-11-02 | AmazonCloudWatch | | 12.50 | fraud (tag team) |",
        "| 2026-11-02 | AmazonCloudWatch | | 12.50 | not known |",
    ] {
        assert!(told.contains(row), "{told}");
    }
}
