use serde_json::json;

use super::wire::{Fixture, Reply};

async fn json(fixture: &Fixture, operation: &str, body: serde_json::Value) -> Reply {
    let target = format!("GraniteServiceVersion20100801.{operation}");
    fixture.json("1.0", &target, &body.to_string()).await
}

async fn form(fixture: &Fixture, body: &str) -> String {
    fixture
        .form(&format!("{body}&Version=2010-08-01"))
        .await
        .text()
}

#[tokio::test]
async fn what_one_protocol_puts_the_others_read() {
    let fixture = Fixture::new();
    let datum = json!({"MetricName": "Latency", "Value": 1.5, "Timestamp": 1_776_679_140, "Unit": "Seconds"});
    let put = json(
        &fixture,
        "PutMetricData",
        json!({"Namespace": "App", "MetricData": [datum]}),
    )
    .await;
    assert_eq!((put.status, put.text().as_str()), (200, "{}"));
    let put = form(
        &fixture,
        "Action=PutMetricData&Namespace=App&MetricData.member.1.MetricName=Latency\
         &MetricData.member.1.Value=2.5&MetricData.member.1.Unit=Seconds\
         &MetricData.member.1.Timestamp=2026-04-20T09%3A59%3A30Z",
    )
    .await;
    assert!(put.contains("<PutMetricDataResponse"), "{put}");
    let read = form(
        &fixture,
        "Action=GetMetricStatistics&Namespace=App&MetricName=Latency&Period=60&Statistics.member.1=Sum\
         &StartTime=2026-04-20T09%3A59%3A00Z&EndTime=2026-04-20T10%3A00%3A00Z",
    )
    .await;
    let point = "<Datapoints><member><Timestamp>2026-04-20T09:59:00Z</Timestamp><Sum>4.0</Sum><Unit>Seconds</Unit></member></Datapoints>";
    assert!(read.contains(point), "{read}");
    let reply = json(
        &fixture,
        "GetMetricData",
        json!({"StartTime": 1_776_679_140, "EndTime": 1_776_679_200, "MetricDataQueries": [{"Id": "m1", "MetricStat":
            {"Metric": {"Namespace": "App", "MetricName": "Latency"}, "Period": 60, "Stat": "Average"}}]}),
    )
    .await;
    assert_eq!(
        reply.json(),
        json!({"MetricDataResults": [{"Id": "m1", "Label": "Latency", "Timestamps": [1_776_679_140],
            "Values": [2.0], "StatusCode": "Complete"}], "Messages": []})
    );
    // {"Namespace": "App"}
    let body = b"\xa1\x69Namespace\x63App".to_vec();
    let listed = fixture
        .cbor(
            "/service/GraniteServiceVersion20100801/operation/ListMetrics",
            body,
        )
        .await;
    assert_eq!(listed.status, 200);
    assert!(listed.body.windows(7).any(|w| w == b"Latency"));
}

#[tokio::test]
async fn one_wrong_datum_refuses_the_whole_request() {
    let fixture = Fixture::new();
    let data =
        json!([{"MetricName": "a", "Value": 1}, {"MetricName": "b", "Value": 1, "Values": [1]}]);
    let reply = json(
        &fixture,
        "PutMetricData",
        json!({"Namespace": "App", "MetricData": data}),
    )
    .await;
    assert_eq!(
        reply.json()["__type"],
        "com.amazonaws.cloudwatch#InvalidParameterCombinationException"
    );
    assert_eq!(
        reply.header("x-amzn-query-error"),
        "InvalidParameterCombination;Sender"
    );
    assert_eq!(
        reply.json()["message"],
        "The parameters MetricData.member.2.Value and MetricData.member.2.Values are mutually exclusive and you have specified both."
    );
    let listed = json(&fixture, "ListMetrics", json!({})).await;
    assert_eq!(listed.json()["Metrics"], json!([]));
}

#[tokio::test]
async fn an_alarm_returns_to_ok_when_the_data_do() {
    let fixture = Fixture::new();
    let alarm = json!({"AlarmName": "errors", "Namespace": "App", "MetricName": "Errors", "Statistic": "Sum", "Period": 60,
        "EvaluationPeriods": 1, "Threshold": 10.0, "ComparisonOperator": "GreaterThanThreshold", "TreatMissingData": "notBreaching"});
    assert_eq!(json(&fixture, "PutMetricAlarm", alarm).await.status, 200);
    let mut states = Vec::new();
    for errors in [0.0, 11.0, 12.0, 3.0] {
        let datum = json!({"MetricName": "Errors", "Value": errors});
        json(
            &fixture,
            "PutMetricData",
            json!({"Namespace": "App", "MetricData": [datum]}),
        )
        .await;
        fixture.pass(60).await;
        let described = json(&fixture, "DescribeAlarms", json!({})).await.json();
        states.push(
            described["MetricAlarms"][0]["StateValue"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    assert_eq!(states, ["OK", "ALARM", "ALARM", "OK"]);
    let history = json(
        &fixture,
        "DescribeAlarmHistory",
        json!({"HistoryItemType": "StateUpdate", "MaxRecords": 2}),
    )
    .await
    .json();
    let summaries = |page: &serde_json::Value| {
        let items = page["AlarmHistoryItems"].as_array().unwrap().clone();
        items
            .iter()
            .map(|item| item["HistorySummary"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        summaries(&history),
        [
            "Alarm updated from ALARM to OK",
            "Alarm updated from OK to ALARM"
        ]
    );
    let next = json!({"HistoryItemType": "StateUpdate", "MaxRecords": 2, "NextToken": history["NextToken"]});
    let rest = json(&fixture, "DescribeAlarmHistory", next).await.json();
    assert_eq!(
        summaries(&rest),
        ["Alarm updated from INSUFFICIENT_DATA to OK"]
    );
    assert_eq!(rest.get("NextToken"), None);
}

#[tokio::test]
async fn a_metric_math_alarm_reads_back_through_xml() {
    let fixture = Fixture::new();
    let put = form(
        &fixture,
        "Action=PutMetricAlarm&AlarmName=both&EvaluationPeriods=1&Threshold=1&ComparisonOperator=LessThanThreshold\
         &Metrics.member.1.Id=m1&Metrics.member.1.MetricStat.Metric.Namespace=App\
         &Metrics.member.1.MetricStat.Metric.MetricName=Latency&Metrics.member.1.MetricStat.Period=60\
         &Metrics.member.1.MetricStat.Stat=p99.9&Metrics.member.1.ReturnData=true",
    )
    .await;
    assert!(put.contains("<PutMetricAlarmResponse"), "{put}");
    let read = form(&fixture, "Action=DescribeAlarms").await;
    assert!(read.contains("<Stat>p99.9</Stat>"), "{read}");
    assert!(read.contains("<ReturnData>true</ReturnData>"), "{read}");
    assert!(read.contains("<Threshold>1.0</Threshold>"), "{read}");
}

type Case = (&'static str, serde_json::Value, &'static str);

/// Each request is refused, and the message says why.
async fn refused(cases: impl IntoIterator<Item = Case>) {
    let fixture = Fixture::new();
    for (operation, body, expected) in cases {
        let reply = json(&fixture, operation, body.clone()).await;
        let text = reply.text();
        assert!(
            (400..500).contains(&reply.status),
            "{operation} {body}: {text}"
        );
        let message = reply.json()["message"].as_str().unwrap().to_owned();
        assert!(message.contains(expected), "{operation} {body}: {message}");
    }
}

fn datum(datum: &serde_json::Value) -> serde_json::Value {
    json!({"Namespace": "App", "MetricData": [datum]})
}

#[tokio::test]
async fn data_that_are_not_taken_are_refused_by_name() {
    refused([
        (
            "PutMetricData",
            json!({"Namespace": "App", "EntityMetricData": []}),
            "`entityMetricData`",
        ),
        (
            "PutMetricData",
            json!({"MetricData": []}),
            "The parameter Namespace is required.",
        ),
        (
            "PutMetricData",
            json!({"Namespace": "AWS/X", "MetricData": [{}]}),
            "AWS/X",
        ),
        (
            "PutMetricData",
            datum(&json!({"MetricName": "a"})),
            "The parameter MetricData.member.1.Value is required.",
        ),
        (
            "PutMetricData",
            datum(&json!({"MetricName": "a", "Values": [1, 2], "Counts": [1]})),
            "must be of the same size",
        ),
        (
            "PutMetricData",
            datum(&json!({"MetricName": "a", "Value": "1"})),
            "STRING_VALUE",
        ),
        (
            "PutMetricData",
            datum(&json!({"MetricName": "a", "Value": "NaN"})),
            "invalid",
        ),
        (
            "PutMetricData",
            datum(&json!({"MetricName": "a", "Value": 1, "Unit": "Furlongs"})),
            "Milliseconds",
        ),
    ])
    .await;
}

#[tokio::test]
async fn statistics_that_cannot_be_given_are_refused() {
    let ask = |start: i64, end: i64| json!({"Namespace": "A", "MetricName": "m", "Period": 60, "StartTime": start, "EndTime": end, "Statistics": ["Sum"]});
    let mut neither = ask(0, 60);
    neither["Statistics"] = json!([]);
    refused([
        (
            "GetMetricStatistics",
            ask(100, 100),
            "The parameter StartTime must be less than the parameter EndTime.",
        ),
        (
            "GetMetricStatistics",
            ask(0, 86_460),
            "You have requested up to 1441 datapoints, which exceeds the limit of 1440.",
        ),
        (
            "GetMetricStatistics",
            neither,
            "Must specify either Statistics or ExtendedStatistics",
        ),
    ])
    .await;
}

#[tokio::test]
async fn alarms_that_are_not_evaluated_here_are_refused_by_name() {
    let alarm = |more: serde_json::Value| {
        let mut alarm = json!({"AlarmName": "a", "Namespace": "N", "MetricName": "M", "Period": 60, "EvaluationPeriods": 1,
            "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold"});
        for (name, value) in more.as_object().unwrap() {
            alarm[name] = value.clone();
        }
        alarm
    };
    refused([
        (
            "PutMetricAlarm",
            alarm(json!({"Statistic": "Sum", "ThresholdMetricId": "b"})),
            "Threshold must not be set beside ThresholdMetricId",
        ),
        (
            "PutMetricAlarm",
            alarm(json!({"EvaluationCriteria": {"PromQLCriteria": {"Query": "up"}}})),
            "`evaluationCriteria`",
        ),
        (
            "PutMetricAlarm",
            alarm(json!({})),
            "Exactly one of Statistic and ExtendedStatistic",
        ),
        (
            "PutMetricAlarm",
            alarm(json!({"Statistic": "Sum", "Period": 7})),
            "eriod",
        ),
        ("PutMetricAlarm", alarm(json!({"Statistic": "p99"})), "p99"),
        (
            "PutCompositeAlarm",
            json!({"AlarmName": "a", "AlarmRule": "TRUE", "ActionConfiguration": {"AlarmTagsPropagation": {
                "Enabled": true, "IncludedTagKeys": ["a"], "ExcludedTagKeys": ["b"]}}}),
            "mutually exclusive",
        ),
        ("PutAnomalyDetector", json!({}), "`PutAnomalyDetector`"),
        (
            "DescribeAlarms",
            json!({"ChildrenOfAlarmName": "a", "AlarmTypes": ["MetricAlarm"]}),
            "ChildrenOfAlarmName must not be given with AlarmTypes",
        ),
        ("DescribeAlarms", json!({"NextToken": "?"}), "next token"),
        (
            "SetAlarmState",
            json!({"AlarmName": "a", "StateValue": "INVALID", "StateReason": "x"}),
            "[INSUFFICIENT_DATA, ALARM, OK]",
        ),
    ])
    .await;
}

#[tokio::test]
async fn dashboards_and_tags_are_refused_in_awss_words() {
    refused([
        (
            "PutDashboard",
            json!({"DashboardName": "a b", "DashboardBody": "{}"}),
            "It can only contain alphanumerics, dash (-) and underscore (_).",
        ),
        (
            "PutDashboard",
            json!({"DashboardName": "a", "DashboardBody": "{"}),
            "1 validation error",
        ),
        (
            "TagResource",
            json!({"ResourceARN": "arn:aws:cloudwatch:us-east-1:000000000000:alarm:x", "Tags": []}),
            "does not exist",
        ),
    ])
    .await;
}
