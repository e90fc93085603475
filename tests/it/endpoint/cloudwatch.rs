use std::sync::Arc;

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::error::ProvideErrorMetadata as _;
use aws_sdk_cloudwatch::primitives::DateTime;
use aws_sdk_cloudwatch::types::{
    ComparisonOperator, Dimension, Metric, MetricDataQuery, MetricDatum, MetricStat, StandardUnit,
    StateValue, Statistic, Tag,
};
use belfry::endpoint::{Endpoint, Settings};
use belfry_engine::base::VirtualClock;

use super::served::Served;
use super::subscriber::Subscriber;
use super::wire::START;

fn at(minutes: i64) -> DateTime {
    DateTime::from_secs(START.as_seconds() + minutes * 60)
}

fn dimension() -> Dimension {
    Dimension::builder().name("Path").value("/a").build()
}

/// An endpoint whose clock stands at [`START`] until it is moved.
async fn served() -> (Served, Arc<VirtualClock>, Arc<Endpoint>) {
    let clock = Arc::new(VirtualClock::new(START));
    let settings = Settings {
        clock: clock.clone(),
        ..Settings::default()
    };
    let endpoint = Endpoint::open(settings).unwrap();
    let served = Served::of(Arc::clone(&endpoint)).await;
    (served, clock, endpoint)
}

async fn put(client: &Client, minute: i64, values: &[f64]) {
    let datum = MetricDatum::builder()
        .metric_name("Latency")
        .dimensions(dimension())
        .timestamp(at(minute))
        .set_values(Some(values.to_vec()))
        .unit(StandardUnit::Milliseconds)
        .build();
    let request = client.put_metric_data().namespace("App").metric_data(datum);
    request.send().await.unwrap();
}

fn query() -> MetricDataQuery {
    let metric = Metric::builder()
        .namespace("App")
        .metric_name("Latency")
        .dimensions(dimension());
    let stat = MetricStat::builder()
        .metric(metric.build())
        .period(60)
        .stat("Sum")
        .build();
    MetricDataQuery::builder()
        .id("m1")
        .metric_stat(stat)
        .build()
}

#[tokio::test]
async fn data_put_by_the_sdk_read_back() {
    let (served, _clock, _endpoint) = served().await;
    let client = Client::new(&served.config("us-east-1"));
    put(&client, -2, &[1.0, 2.5]).await;
    put(&client, -1, &[4.0]).await;
    let request = client.get_metric_data().metric_data_queries(query());
    let answer = request
        .start_time(at(-5))
        .end_time(at(1))
        .send()
        .await
        .unwrap();
    let series = &answer.metric_data_results()[0];
    assert_eq!(series.label(), Some("Latency"));
    assert_eq!(
        (series.timestamps(), series.values()),
        (&[at(-1), at(-2)][..], &[4.0, 3.5][..])
    );
    assert_eq!(series.status_code().unwrap().as_str(), "Complete");
    let listed = client.list_metrics().send().await.unwrap();
    assert_eq!(listed.metrics()[0].dimensions(), [dimension()]);
    let points = client
        .get_metric_statistics()
        .namespace("App")
        .metric_name("Latency");
    let points = points
        .dimensions(dimension())
        .period(300)
        .start_time(at(-5))
        .end_time(at(0));
    let points = points
        .statistics(Statistic::Maximum)
        .statistics(Statistic::SampleCount)
        .send()
        .await
        .unwrap();
    let [point] = points.datapoints() else {
        panic!("{points:?}")
    };
    assert_eq!(
        (point.maximum(), point.sample_count(), point.sum()),
        (Some(4.0), Some(3.0), None)
    );
    assert_eq!(
        (point.timestamp(), point.unit()),
        (Some(&at(-5)), Some(&StandardUnit::Milliseconds))
    );
}

#[tokio::test]
async fn datapoints_come_in_pages() {
    let (served, _clock, _endpoint) = served().await;
    let client = Client::new(&served.config("us-east-1"));
    for minute in -5..0 {
        put(&client, minute, &[1.0]).await;
    }
    let pages = client
        .get_metric_data()
        .metric_data_queries(query())
        .max_datapoints(2);
    let mut pages = pages
        .start_time(at(-5))
        .end_time(at(0))
        .into_paginator()
        .send();
    let mut seen = Vec::new();
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        let series = &page.metric_data_results()[0];
        seen.push((
            series.values().len(),
            series.status_code().unwrap().as_str().to_owned(),
        ));
    }
    let expected = [(2, "PartialData"), (2, "PartialData"), (1, "Complete")];
    assert_eq!(
        seen,
        expected.map(|(count, status)| (count, status.to_owned()))
    );
}

#[tokio::test]
async fn metrics_are_listed_in_pages_of_five_hundred() {
    let (served, _clock, _endpoint) = served().await;
    let client = Client::new(&served.config("us-east-1"));
    // Over 10 KB, so the SDK compresses the request.
    let data = (0..501).map(|n| {
        MetricDatum::builder()
            .metric_name(format!("m{n:03}"))
            .value(1.0)
            .build()
    });
    let request = client
        .put_metric_data()
        .namespace("App")
        .set_metric_data(Some(data.collect()));
    request.send().await.unwrap();
    let mut pages = client.list_metrics().into_paginator().send();
    let mut sizes = Vec::new();
    while let Some(page) = pages.next().await {
        sizes.push(page.unwrap().metrics().len());
    }
    assert_eq!(sizes, [500, 1]);
}

async fn put_alarm(client: &Client, action: &str) {
    let alarm = client
        .put_metric_alarm()
        .alarm_name("slow")
        .namespace("App")
        .metric_name("Latency");
    let alarm = alarm
        .dimensions(dimension())
        .statistic(Statistic::Sum)
        .period(60)
        .evaluation_periods(1);
    let alarm = alarm
        .threshold(10.0)
        .comparison_operator(ComparisonOperator::GreaterThanThreshold);
    let alarm = alarm.set_alarm_actions((!action.is_empty()).then(|| vec![action.to_owned()]));
    let tag = Tag::builder().key("owner").value("payments").build();
    alarm
        .alarm_description("too slow")
        .tags(tag)
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn an_alarm_put_by_the_sdk_reads_back_without_what_was_not_set() {
    let (served, _clock, _endpoint) = served().await;
    let client = Client::new(&served.config("us-east-1"));
    put_alarm(&client, "").await;
    let answer = client.describe_alarms().send().await.unwrap();
    let alarm = &answer.metric_alarms()[0];
    assert_eq!(
        alarm.alarm_arn(),
        Some("arn:aws:cloudwatch:us-east-1:000000000000:alarm:slow")
    );
    assert_eq!((alarm.threshold(), alarm.period()), (Some(10.0), Some(60)));
    assert_eq!(
        (alarm.datapoints_to_alarm(), alarm.treat_missing_data()),
        (None, None)
    );
    assert_eq!(alarm.state_value(), Some(&StateValue::InsufficientData));
    assert_eq!(
        alarm.state_reason(),
        Some("Unchecked: Initial alarm creation")
    );
    let of_metric = client
        .describe_alarms_for_metric()
        .namespace("App")
        .metric_name("Latency");
    let of_metric = of_metric.dimensions(dimension()).send().await.unwrap();
    assert_eq!(of_metric.metric_alarms().len(), 1);
    let tags = client
        .list_tags_for_resource()
        .resource_arn(alarm.alarm_arn().unwrap());
    assert_eq!(
        tags.send().await.unwrap().tags()[0].value(),
        Some("payments")
    );
    client
        .disable_alarm_actions()
        .alarm_names("slow")
        .send()
        .await
        .unwrap();
    let answer = client
        .describe_alarms()
        .alarm_names("slow")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.metric_alarms()[0].actions_enabled(), Some(false));
    client
        .delete_alarms()
        .alarm_names("slow")
        .send()
        .await
        .unwrap();
    let gone = client
        .delete_alarms()
        .alarm_names("slow")
        .send()
        .await
        .unwrap_err();
    assert_eq!(gone.code(), Some("ResourceNotFound"));
    let history = client.describe_alarm_history().send().await.unwrap();
    assert_eq!(history.alarm_history_items().len(), 3);
}

#[tokio::test]
async fn a_crossed_threshold_is_evaluated_as_time_passes_and_reaches_the_subscriber() {
    let (served, clock, endpoint) = served().await;
    let client = Client::new(&served.config("us-east-1"));
    let sns = aws_sdk_sns::Client::new(&served.config("us-east-1"));
    let topic = sns
        .create_topic()
        .name("alerts")
        .send()
        .await
        .unwrap()
        .topic_arn
        .unwrap();
    let mut subscriber = Subscriber::new().await;
    let request = sns
        .subscribe()
        .topic_arn(&topic)
        .protocol("http")
        .endpoint(&subscriber.url);
    request.send().await.unwrap();
    let token = subscriber.next().await.json()["Token"]
        .as_str()
        .unwrap()
        .to_owned();
    sns.confirm_subscription()
        .topic_arn(&topic)
        .token(token)
        .send()
        .await
        .unwrap();

    put_alarm(&client, &topic).await;
    put(&client, 0, &[6.0, 7.0]).await;
    clock.advance(60_000);
    endpoint.tick().await;
    let heard = subscriber.next().await.json();
    assert_eq!(heard["Subject"], "ALARM: \"slow\" in US East (N. Virginia)");
    let message: serde_json::Value =
        serde_json::from_str(heard["Message"].as_str().unwrap()).unwrap();
    assert_eq!(message["NewStateValue"], "ALARM");
    assert_eq!(message["OldStateValue"], "INSUFFICIENT_DATA");
    assert_eq!(message["Trigger"]["Statistic"], "SUM");
    let history = client
        .describe_alarm_history()
        .alarm_name("slow")
        .send()
        .await
        .unwrap();
    let kinds: Vec<_> = history
        .alarm_history_items()
        .iter()
        .map(|item| item.history_item_type().unwrap().as_str())
        .collect();
    assert_eq!(kinds, ["Action", "StateUpdate", "ConfigurationUpdate"]);
}

#[tokio::test]
async fn the_state_can_be_set_by_hand() {
    let (served, _clock, _endpoint) = served().await;
    let client = Client::new(&served.config("us-east-1"));
    let set = |name: &str, data: &str| {
        let request = client
            .set_alarm_state()
            .alarm_name(name)
            .state_value(StateValue::Alarm);
        request
            .state_reason("a test")
            .state_reason_data(data)
            .send()
    };
    let unknown = set("none", "{}").await.unwrap_err();
    assert!(unknown.into_service_error().is_resource_not_found());
    put_alarm(&client, "").await;
    let malformed = set("slow", "{").await.unwrap_err();
    assert!(malformed.into_service_error().is_invalid_format_fault());
    set("slow", "{}").await.unwrap();
    let answer = client
        .describe_alarms()
        .state_value(StateValue::Alarm)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.metric_alarms()[0].state_reason(), Some("a test"));
}

const BODY: &str = "{\"widgets\":[{\"type\":\"text\",\"x\":0,\"y\":0,\"width\":6,\"height\":3,\"properties\":{\"markdown\":\"# héllo\"}}]}";

#[tokio::test]
async fn a_dashboard_is_kept_byte_for_byte_and_for_all_regions() {
    let (served, _clock, _endpoint) = served().await;
    let client = Client::new(&served.config("us-east-1"));
    let tag = Tag::builder().key("owner").value("payments").build();
    let put = client
        .put_dashboard()
        .dashboard_name("health")
        .dashboard_body(BODY)
        .tags(tag);
    assert_eq!(
        put.send().await.unwrap().dashboard_validation_messages(),
        []
    );
    let elsewhere = Client::new(&served.config("eu-west-1"));
    let got = elsewhere
        .get_dashboard()
        .dashboard_name("health")
        .send()
        .await
        .unwrap();
    assert_eq!(got.dashboard_body(), Some(BODY));
    let arn = got.dashboard_arn().unwrap();
    assert_eq!(arn, "arn:aws:cloudwatch::000000000000:dashboard/health");
    let tags = elsewhere
        .list_tags_for_resource()
        .resource_arn(arn)
        .send()
        .await
        .unwrap();
    assert_eq!(tags.tags().len(), 1);
    let listed = client
        .list_dashboards()
        .dashboard_name_prefix("hea")
        .send()
        .await
        .unwrap();
    assert_eq!(
        listed.dashboard_entries()[0].size(),
        Some(i64::try_from(BODY.len()).unwrap())
    );
    client
        .delete_dashboards()
        .dashboard_names("health")
        .send()
        .await
        .unwrap();
    let gone = client
        .get_dashboard()
        .dashboard_name("health")
        .send()
        .await
        .unwrap_err();
    assert_eq!(gone.message(), Some("Dashboard health does not exist"));
}

#[tokio::test]
async fn a_wrong_dashboard_body_is_refused_with_its_places() {
    let (served, _clock, _endpoint) = served().await;
    let client = Client::new(&served.config("us-east-1"));
    let put = |body: &str| {
        client
            .put_dashboard()
            .dashboard_name("x")
            .dashboard_body(body)
            .send()
    };
    let refused = put("{\"widgets\":[{\"type\":\"tart\",\"properties\":{}}]}")
        .await
        .unwrap_err();
    assert_eq!(refused.code(), Some("InvalidParameterInput"));
    let error = refused.into_service_error();
    assert!(error.is_dashboard_invalid_input_error(), "{error:?}");
    assert!(
        client
            .list_dashboards()
            .send()
            .await
            .unwrap()
            .dashboard_entries()
            .is_empty()
    );
}
