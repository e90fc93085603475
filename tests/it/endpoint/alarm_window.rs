use std::sync::Arc;

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::error::ProvideErrorMetadata as _;
use aws_sdk_cloudwatch::operation::put_metric_alarm::builders::PutMetricAlarmFluentBuilder;
use aws_sdk_cloudwatch::primitives::DateTime;
use aws_sdk_cloudwatch::types::{
    ComparisonOperator, EvaluationWindow, MetricAlarm, MetricDatum, StateValue, Statistic,
    WallClockWindow, WarmUpConfiguration,
};
use belfry::endpoint::{Endpoint, Settings};
use belfry_engine::base::{Millis, VirtualClock};

use super::served::Served;

/// 12:00 UTC.
fn noon() -> Millis {
    Millis::parse_rfc3339("2026-11-02T12:00:00Z").unwrap()
}

async fn served() -> (Served, Client, Arc<VirtualClock>, Arc<Endpoint>) {
    let clock = Arc::new(VirtualClock::new(noon()));
    let settings = Settings {
        clock: clock.clone(),
        ..Settings::default()
    };
    let endpoint = Endpoint::open(settings).unwrap();
    let served = Served::of(Arc::clone(&endpoint)).await;
    let client = Client::new(&served.config("us-east-1"));
    (served, client, clock, endpoint)
}

fn alarm(client: &Client, period: i32) -> PutMetricAlarmFluentBuilder {
    let alarm = client.put_metric_alarm().alarm_name("jobs");
    let alarm = alarm
        .namespace("App")
        .metric_name("Failures")
        .period(period);
    let alarm = alarm.statistic(Statistic::Sum).evaluation_periods(1);
    let alarm = alarm.comparison_operator(ComparisonOperator::GreaterThanThreshold);
    alarm.threshold(1.0)
}

async fn put(client: &Client, at: Millis, value: f64) {
    let datum = MetricDatum::builder().metric_name("Failures").value(value);
    let datum = datum.timestamp(DateTime::from_millis(at.0)).build();
    let request = client.put_metric_data().namespace("App").metric_data(datum);
    request.send().await.unwrap();
}

async fn describe(client: &Client) -> MetricAlarm {
    let answer = client.describe_alarms().send().await.unwrap();
    answer.metric_alarms()[0].clone()
}

fn wall_clock(zone: &str) -> EvaluationWindow {
    EvaluationWindow::WallClockWindow(WallClockWindow::builder().timezone(zone).build())
}

#[tokio::test]
async fn a_wall_clock_day_is_judged_when_it_is_over() {
    let (_served, client, clock, endpoint) = served().await;
    let day = alarm(&client, 86_400).evaluation_window(wall_clock("America/New_York"));
    day.send().await.unwrap();
    let shown = describe(&client).await;
    let window = shown.evaluation_window().unwrap().as_wall_clock_window();
    assert_eq!(window.unwrap().timezone(), Some("America/New_York"));
    put(&client, noon(), 5.0).await;
    clock.advance(16 * 3_600_000);
    endpoint.tick().await;
    let shown = describe(&client).await;
    assert_eq!(
        shown.state_value(),
        Some(&StateValue::InsufficientData),
        "04:00 UTC: 23:00 there"
    );
    clock.advance(3_600_000);
    endpoint.tick().await;
    let shown = describe(&client).await;
    assert_eq!(
        shown.state_value(),
        Some(&StateValue::Alarm),
        "midnight there"
    );
    assert!(
        shown
            .state_reason()
            .unwrap()
            .contains("[5.0 (02/11/26 05:00:00)]")
    );
}

#[tokio::test]
async fn an_alarm_in_warm_up_is_not_evaluated() {
    let (_served, client, clock, endpoint) = served().await;
    let warm_up = WarmUpConfiguration::builder().warm_up_period_duration_in_minutes(60);
    let warm_up = warm_up.only_start_evaluating_after_warm_up_period_ends(true);
    let put_alarm = alarm(&client, 60).warm_up_configuration(warm_up.build());
    put_alarm
        .treat_missing_data("breaching")
        .send()
        .await
        .unwrap();
    clock.advance(59 * 60_000);
    endpoint.tick().await;
    let shown = describe(&client).await;
    assert_eq!(shown.state_value(), Some(&StateValue::InsufficientData));
    assert_eq!(shown.evaluation_state().unwrap().as_str(), "IN_WARM_UP");
    let given = shown.warm_up_configuration().unwrap();
    assert_eq!(given.warm_up_period_duration_in_minutes(), Some(60));
    clock.advance(60_000);
    endpoint.tick().await;
    let shown = describe(&client).await;
    assert_eq!(shown.state_value(), Some(&StateValue::Alarm));
    assert_eq!(shown.evaluation_state(), None);
}

#[tokio::test]
async fn a_wrong_window_is_refused() {
    let (_served, client, _clock, _endpoint) = served().await;
    let period = alarm(&client, 600).evaluation_window(wall_clock("UTC"));
    let zone = alarm(&client, 300).evaluation_window(wall_clock("Mars/Olympus"));
    let warm_up = WarmUpConfiguration::builder().warm_up_period_duration_in_minutes(2881);
    let long = alarm(&client, 300).warm_up_configuration(warm_up.build());
    for (request, text) in [
        (period, "Period must be 60, 300, 3600, 86400 or 604800"),
        (zone, "Mars/Olympus"),
        (long, "less than or equal to 2880"),
    ] {
        let refused = request.send().await.unwrap_err();
        assert_eq!(refused.code(), Some("ValidationError"));
        assert!(refused.message().unwrap().contains(text), "{refused:?}");
    }
}
