use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use belfry::endpoint::Settings;
use serde_json::json;

use super::wire::{Fixture, START};

async fn cloudwatch(fixture: &Fixture, operation: &str, body: serde_json::Value) -> String {
    let target = format!("GraniteServiceVersion20100801.{operation}");
    fixture.json("1.0", &target, &body.to_string()).await.text()
}

async fn form(fixture: &Fixture, body: &str) -> String {
    let text = fixture.form(body).await.text();
    // Request ids count on from the start of the process.
    text.split("<ResponseMetadata>").next().unwrap().to_owned()
}

/// Works through a few minutes: an alarm rises and falls, a subscriber waits for confirmation.
async fn work(fixture: &Fixture) {
    form(fixture, "Action=CreateTopic&Name=alerts&Version=2010-03-31").await;
    let topic = "arn:aws:sns:us-east-1:000000000000:alerts";
    form(fixture, &format!("Action=Subscribe&Protocol=email&Endpoint=a%40b&TopicArn={topic}&ReturnSubscriptionArn=true&Version=2010-03-31")).await;
    let alarm = json!({"AlarmName": "errors", "Namespace": "App", "MetricName": "Errors", "Statistic": "Sum", "Period": 60,
        "EvaluationPeriods": 1, "Threshold": 10.0, "ComparisonOperator": "GreaterThanThreshold", "AlarmActions": [topic]});
    cloudwatch(fixture, "PutMetricAlarm", alarm).await;
    composite(fixture, topic).await;
    for errors in [11.0, 12.0, 0.1] {
        let datum = json!({"MetricName": "Errors", "Value": errors});
        cloudwatch(
            fixture,
            "PutMetricData",
            json!({"Namespace": "App", "MetricData": [datum]}),
        )
        .await;
        fixture.pass(60).await;
    }
    let body = "{\"widgets\":[]}";
    cloudwatch(
        fixture,
        "PutDashboard",
        json!({"DashboardName": "empty", "DashboardBody": body}),
    )
    .await;
    cloudwatch(
        fixture,
        "DeleteDashboards",
        json!({"DashboardNames": ["none", "empty"]}),
    )
    .await;
    fixture
        .json(
            "1.1",
            "Logs_20140328.CreateLogGroup",
            "{\"logGroupName\":\"/app\"}",
        )
        .await;
    fixture
        .json(
            "1.1",
            "Logs_20140328.CreateLogStream",
            "{\"logGroupName\":\"/app\",\"logStreamName\":\"s\"}",
        )
        .await;
    let events = json!({"logGroupName": "/app", "logStreamName": "s", "logEvents": [{"timestamp": START.0, "message": "é\u{1}"}]});
    fixture
        .json("1.1", "Logs_20140328.PutLogEvents", &events.to_string())
        .await;
}

/// A composite alarm whose actions wait, and an alarm on the days of a time zone.
async fn composite(fixture: &Fixture, topic: &str) {
    let deploying = json!({"AlarmName": "deploying", "Namespace": "App", "MetricName": "Deploying", "Statistic": "Sum",
        "Period": 86400, "EvaluationPeriods": 1, "Threshold": 1.0, "ComparisonOperator": "GreaterThanThreshold",
        "EvaluationWindow": {"WallClockWindow": {"Timezone": "Europe/Berlin"}},
        "WarmUpConfiguration": {"WarmUpPeriodDurationInMinutes": 30}});
    cloudwatch(fixture, "PutMetricAlarm", deploying).await;
    let page = json!({"AlarmName": "page", "AlarmRule": "ALARM(errors)", "AlarmActions": [topic], "ActionsSuppressor": "deploying",
        "ActionsSuppressorWaitPeriod": 75, "ActionsSuppressorExtensionPeriod": 30});
    let answer = cloudwatch(fixture, "PutCompositeAlarm", page).await;
    assert!(!answer.contains("__type"), "{answer}");
}

/// Everything that can be read.
async fn read(fixture: &Fixture) -> Vec<String> {
    let window = json!({"StartTime": START.as_seconds(), "EndTime": START.as_seconds() + 600, "MetricDataQueries": [{"Id": "m1",
        "MetricStat": {"Metric": {"Namespace": "App", "MetricName": "Errors"}, "Period": 60, "Stat": "Sum"}}]});
    vec![
        cloudwatch(fixture, "DescribeAlarms", json!({})).await,
        cloudwatch(fixture, "DescribeAlarmHistory", json!({})).await,
        cloudwatch(fixture, "GetMetricData", window).await,
        cloudwatch(fixture, "DescribeAlarms", json!({"AlarmTypes": ["CompositeAlarm"]})).await,
        cloudwatch(fixture, "DescribeAlarmHistory", json!({"AlarmTypes": ["CompositeAlarm"]})).await,
        form(fixture, "Action=DescribeAlarms&AlarmTypes.member.1=CompositeAlarm&AlarmTypes.member.2=MetricAlarm&Version=2010-08-01").await,
        cloudwatch(fixture, "ListDashboards", json!({})).await,
        form(fixture, "Action=ListSubscriptions&Version=2010-03-31").await,
        fixture
            .json(
                "1.1",
                "Logs_20140328.FilterLogEvents",
                "{\"logGroupName\":\"/app\"}",
            )
            .await
            .text(),
    ]
}

#[tokio::test]
async fn what_was_there_is_there_again() {
    let folder = tempfile::tempdir().unwrap();
    let first = Fixture::in_folder(folder.path(), START).unwrap();
    work(&first).await;
    let before = read(&first).await;
    assert!(before[0].contains("Threshold Crossed"), "{}", before[0]);
    assert!(before[3].contains("ALARM(errors)"), "{}", before[3]);
    let succeeded = "Successfully executed action";
    assert_eq!(before[4].matches(succeeded).count(), 1, "{}", before[4]);
    let zone = "<WallClockWindow><Timezone>Europe/Berlin</Timezone></WallClockWindow>";
    assert!(before[5].contains(zone), "{}", before[5]);
    assert!(before[5].contains("<AlarmRule>ALARM(errors)</AlarmRule>"));
    drop(first);
    let again = Fixture::in_folder(folder.path(), START.plus(180_000)).unwrap();
    assert_eq!(read(&again).await, before);
    assert_eq!(
        form(&again, "Action=CreateTopic&Name=alerts&Version=2010-03-31")
            .await
            .matches("alerts")
            .count(),
        1
    );
}

#[tokio::test]
async fn a_folder_has_one_process() {
    let folder = tempfile::tempdir().unwrap();
    let _first = Fixture::in_folder(folder.path(), START).unwrap();
    let second = Fixture::in_folder(folder.path(), START)
        .map(drop)
        .unwrap_err();
    assert!(
        second
            .to_string()
            .starts_with("the data folder is in use by another belfry"),
        "{second}"
    );
}

fn journal(folder: &Path) -> std::path::PathBuf {
    folder.join("journal.jsonl")
}

#[tokio::test]
async fn a_line_that_was_never_finished_is_cut_off_with_a_remark() {
    let folder = tempfile::tempdir().unwrap();
    let first = Fixture::in_folder(folder.path(), START).unwrap();
    work(&first).await;
    let before = read(&first).await;
    drop(first);
    let whole = fs::read(journal(folder.path())).unwrap();
    fs::write(
        journal(folder.path()),
        [&whole, b"{\"crc\":1,\"ent".as_slice()].concat(),
    )
    .unwrap();
    let remarks = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&remarks);
    let settings = Settings {
        data: Some(folder.path().to_owned()),
        remark: Arc::new(move |text: &str| heard.lock().unwrap().push(text.to_owned())),
        ..Settings::default()
    };
    let again = Fixture::open(settings, START.plus(180_000)).unwrap();
    assert_eq!(read(&again).await, before);
    let remarks = remarks.lock().unwrap().clone();
    assert!(
        remarks[0].contains("its 13 bytes are cut off"),
        "{remarks:?}"
    );
    assert_eq!(fs::read(journal(folder.path())).unwrap(), whole);
}

#[tokio::test]
async fn damage_is_refused_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let first = Fixture::in_folder(folder.path(), START).unwrap();
    work(&first).await;
    drop(first);
    let whole = fs::read_to_string(journal(folder.path())).unwrap();
    fs::write(
        journal(folder.path()),
        whole.replacen("alerts", "alarts", 1),
    )
    .unwrap();
    let refused = Fixture::in_folder(folder.path(), START)
        .map(drop)
        .unwrap_err();
    let text = refused.to_string();
    assert!(
        text.starts_with("the journal cannot be opened, line 2: its checksum does not fit: "),
        "{text}"
    );
}

#[tokio::test]
async fn a_journal_belongs_to_its_account() {
    let folder = tempfile::tempdir().unwrap();
    drop(Fixture::in_folder(folder.path(), START).unwrap());
    let settings = Settings {
        data: Some(folder.path().to_owned()),
        account_id: "111122223333".to_owned(),
        ..Settings::default()
    };
    let refused = Fixture::open(settings, START).map(drop).unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("that of the account 000000000000"),
        "{refused}"
    );
}
