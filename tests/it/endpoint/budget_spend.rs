//! Budgets held against costs, on a clock that is told to move.

use std::fmt::Write as _;
use std::sync::Arc;

use aws_sdk_budgets::Client;
use aws_sdk_budgets::types::{
    Budget, BudgetType, ComparisonOperator, Notification, NotificationState, NotificationType,
    NotificationWithSubscribers, Spend, SubscriptionType, TimeUnit,
};
use belfry::endpoint::{Endpoint, Settings};
use belfry_engine::base::{Millis, VirtualClock};

use super::served::Served;
use super::subscriber::Subscriber;

const ACCOUNT: &str = "000000000000";
const HEADER: &str = "line_item_line_item_type,line_item_product_code,line_item_unblended_cost,line_item_usage_start_date,\
line_item_usage_end_date,line_item_currency_code\n";
const DAY: i64 = 24 * 3_600_000;

/// Ten dollars a day from September 20 to the end of November 2026.
fn export() -> String {
    let mut text = HEADER.to_owned();
    for day in jiff::civil::date(2026, 9, 20)
        .series(jiff::Span::new().days(1))
        .take(72)
    {
        let next = day.tomorrow().unwrap();
        writeln!(text, "Usage,AmazonECS,10,{day},{next},USD").unwrap();
    }
    text
}

fn notification(
    kind: NotificationType,
    threshold: f64,
    topic: &str,
) -> NotificationWithSubscribers {
    let notification = Notification::builder()
        .notification_type(kind)
        .threshold(threshold);
    let notification = notification.comparison_operator(ComparisonOperator::GreaterThan);
    let subscriber = aws_sdk_budgets::types::Subscriber::builder()
        .subscription_type(SubscriptionType::Sns)
        .address(topic)
        .build()
        .unwrap();
    NotificationWithSubscribers::builder()
        .notification(notification.build().unwrap())
        .subscribers(subscriber)
        .build()
        .unwrap()
}

async fn topic(served: &Served, subscriber: &mut Subscriber) -> String {
    let sns = aws_sdk_sns::Client::new(&served.config("us-east-1"));
    let topic = sns
        .create_topic()
        .name("alerts")
        .send()
        .await
        .unwrap()
        .topic_arn
        .unwrap();
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
    topic
}

#[tokio::test]
async fn a_budget_tells_each_threshold_once_and_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cur.csv");
    std::fs::write(&path, export()).unwrap();
    let start = Millis::parse_rfc3339("2026-11-01T00:00:00Z").unwrap();
    let clock = Arc::new(VirtualClock::new(start));
    let endpoint = Endpoint::open(Settings {
        clock: clock.clone(),
        costs: vec![path],
        ..Settings::default()
    })
    .unwrap();
    let served = Served::of(Arc::clone(&endpoint)).await;
    let mut subscriber = Subscriber::new().await;
    let topic = topic(&served, &mut subscriber).await;
    let client = Client::new(&served.config("us-east-1"));
    let limit = Spend::builder().amount("250").unit("USD").build().unwrap();
    let budget = Budget::builder().budget_name("month").budget_limit(limit);
    let budget = budget
        .budget_type(BudgetType::Cost)
        .time_unit(TimeUnit::Monthly)
        .build()
        .unwrap();
    let mut request = client.create_budget().account_id(ACCOUNT).budget(budget);
    for (kind, threshold) in [
        (NotificationType::Actual, 100.0),
        (NotificationType::Actual, 50.0),
        (NotificationType::Actual, 80.0),
        (NotificationType::Forecasted, 100.0),
    ] {
        request = request.notifications_with_subscribers(notification(kind, threshold, &topic));
    }
    request.send().await.unwrap();

    let mut heard = Vec::new();
    for day in 1..=30 {
        clock.set(Millis(start.0 + day * DAY));
        endpoint.tick().await;
        let states = client
            .describe_notifications_for_budget()
            .account_id(ACCOUNT)
            .budget_name("month");
        let states = states.send().await.unwrap();
        let alarms = states.notifications().iter();
        let alarms = alarms.filter(|n| n.notification_state() == Some(&NotificationState::Alarm));
        while heard.len() < alarms.clone().count() {
            let message = subscriber.next().await.json()["Message"]
                .as_str()
                .unwrap()
                .to_owned();
            let line = |name: &str| {
                let found = message.lines().find_map(|line| line.strip_prefix(name));
                found.unwrap().trim().to_owned()
            };
            heard.push(format!(
                "{} {} {}",
                message.lines().next().unwrap().rsplit(' ').next().unwrap(),
                line("Alert Type:"),
                line("Alert Threshold:"),
            ));
        }
    }
    assert_eq!(
        heard,
        [
            "2026-11-01 FORECASTED > $250.00",
            "2026-11-14 ACTUAL > $125.00",
            "2026-11-22 ACTUAL > $200.00",
            "2026-11-27 ACTUAL > $250.00",
        ]
    );
    let shown = client
        .describe_budget()
        .account_id(ACCOUNT)
        .budget_name("month")
        .send()
        .await
        .unwrap();
    let spend = shown.budget().unwrap().calculated_spend().unwrap();
    // A new month begins with nothing spent, and its notifications are quiet again.
    assert_eq!(spend.actual_spend().unwrap().amount(), "0");
}
