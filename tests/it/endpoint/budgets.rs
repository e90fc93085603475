//! Budgets through the SDK: budgets, notifications, subscribers.

use aws_sdk_budgets::Client;
use aws_sdk_budgets::error::ProvideErrorMetadata as _;
use aws_sdk_budgets::types::{
    Budget, BudgetType, ComparisonOperator, Notification, NotificationType,
    NotificationWithSubscribers, Spend, Subscriber, SubscriptionType, TimeUnit,
};

use super::served::Served;

const ACCOUNT: &str = "000000000000";

fn budget(name: &str, amount: &str) -> Budget {
    let limit = Spend::builder().amount(amount).unit("USD").build().unwrap();
    let budget = Budget::builder().budget_name(name).budget_limit(limit);
    budget
        .budget_type(BudgetType::Cost)
        .time_unit(TimeUnit::Monthly)
        .build()
        .unwrap()
}

fn notification(kind: NotificationType, threshold: f64) -> Notification {
    let notification = Notification::builder()
        .notification_type(kind)
        .threshold(threshold);
    notification
        .comparison_operator(ComparisonOperator::GreaterThan)
        .build()
        .unwrap()
}

fn subscriber(address: &str) -> Subscriber {
    let kind = if address.starts_with("arn:") {
        SubscriptionType::Sns
    } else {
        SubscriptionType::Email
    };
    Subscriber::builder()
        .subscription_type(kind)
        .address(address)
        .build()
        .unwrap()
}

async fn client(served: &Served) -> Client {
    Client::new(&served.config("us-east-1"))
}

async fn create(client: &Client, budget: Budget) -> Result<(), (String, String)> {
    let notification = NotificationWithSubscribers::builder()
        .notification(notification(NotificationType::Actual, 80.0))
        .subscribers(subscriber("a@example.com"))
        .build()
        .unwrap();
    let request = client.create_budget().account_id(ACCOUNT).budget(budget);
    let made = request
        .notifications_with_subscribers(notification)
        .send()
        .await;
    made.map(drop).map_err(|e| {
        (
            e.code().unwrap_or_default().to_owned(),
            e.message().unwrap_or_default().to_owned(),
        )
    })
}

async fn notifications(client: &Client) -> Vec<(String, f64)> {
    let answer = client
        .describe_notifications_for_budget()
        .account_id(ACCOUNT)
        .budget_name("b")
        .send()
        .await
        .unwrap();
    let all = answer.notifications().iter();
    all.map(|n| (n.notification_type().to_string(), n.threshold()))
        .collect()
}

#[tokio::test]
async fn a_budget_reads_back_with_awss_defaults_and_is_made_once() {
    let served = Served::new().await;
    let client = client(&served).await;
    create(&client, budget("b", "1500")).await.unwrap();
    let (code, message) = create(&client, budget("b", "1500")).await.unwrap_err();
    assert_eq!(code, "DuplicateRecordException");
    assert!(message.contains("the budget already exists"), "{message}");
    let read = client
        .describe_budget()
        .account_id(ACCOUNT)
        .budget_name("b")
        .send()
        .await
        .unwrap()
        .budget
        .unwrap();
    assert_eq!(read.budget_limit().unwrap().amount(), "1500");
    assert_eq!(
        read.time_period().unwrap().end().unwrap().secs(),
        3_706_473_600
    );
    assert_eq!(
        read.calculated_spend()
            .unwrap()
            .actual_spend()
            .unwrap()
            .amount(),
        "0.0"
    );
    let missing = client
        .describe_budget()
        .account_id(ACCOUNT)
        .budget_name("c")
        .send()
        .await
        .unwrap_err();
    assert_eq!(
        missing.message(),
        Some("Unable to get budget: c - the budget doesn't exist.")
    );
}

#[tokio::test]
async fn an_update_leaves_the_notifications_and_a_deletion_takes_them() {
    let served = Served::new().await;
    let client = client(&served).await;
    create(&client, budget("b", "1500")).await.unwrap();
    client
        .update_budget()
        .account_id(ACCOUNT)
        .new_budget(budget("b", "1600"))
        .send()
        .await
        .unwrap();
    assert_eq!(notifications(&client).await, [("ACTUAL".to_owned(), 80.0)]);
    client
        .delete_budget()
        .account_id(ACCOUNT)
        .budget_name("b")
        .send()
        .await
        .unwrap();
    create(&client, budget("b", "1")).await.unwrap();
    assert_eq!(notifications(&client).await.len(), 1);
    let none = client
        .update_budget()
        .account_id(ACCOUNT)
        .new_budget(budget("c", "1"))
        .send()
        .await
        .unwrap_err();
    assert_eq!(none.code(), Some("NotFoundException"));
}

#[tokio::test]
async fn a_notification_is_its_whole_tuple_and_goes_with_its_last_subscriber() {
    let served = Served::new().await;
    let client = client(&served).await;
    create(&client, budget("b", "1500")).await.unwrap();
    let add = |kind: NotificationType, threshold: f64| {
        let request = client
            .create_notification()
            .account_id(ACCOUNT)
            .budget_name("b");
        request
            .notification(notification(kind, threshold))
            .subscribers(subscriber("a@example.com"))
            .send()
    };
    let twice = add(NotificationType::Actual, 80.0).await.unwrap_err();
    assert_eq!(twice.code(), Some("DuplicateRecordException"));
    add(NotificationType::Forecasted, 80.0).await.unwrap();
    assert_eq!(notifications(&client).await.len(), 2);
    let actual = notification(NotificationType::Actual, 80.0);
    let subscribe = |address: &str| {
        let request = client
            .create_subscriber()
            .account_id(ACCOUNT)
            .budget_name("b");
        request
            .notification(actual.clone())
            .subscriber(subscriber(address))
            .send()
    };
    subscribe("arn:aws:sns:us-east-1:000000000000:t")
        .await
        .unwrap();
    let second = subscribe("arn:aws:sns:us-east-1:000000000000:u")
        .await
        .unwrap_err();
    assert_eq!(second.code(), Some("CreationLimitExceededException"));
    for address in ["a@example.com", "arn:aws:sns:us-east-1:000000000000:t"] {
        let request = client
            .delete_subscriber()
            .account_id(ACCOUNT)
            .budget_name("b");
        request
            .notification(actual.clone())
            .subscriber(subscriber(address))
            .send()
            .await
            .unwrap();
    }
    assert_eq!(
        notifications(&client).await,
        [("FORECASTED".to_owned(), 80.0)]
    );
    for threshold in 0..9 {
        add(NotificationType::Actual, f64::from(threshold))
            .await
            .unwrap();
    }
    let eleventh = add(NotificationType::Actual, 99.0).await.unwrap_err();
    assert_eq!(eleventh.code(), Some("CreationLimitExceededException"));
}

/// A budget of which one thing is changed.
fn changed(amount: &str, change: impl Fn(&mut Budget)) -> Budget {
    let mut budget = budget("b", amount);
    change(&mut budget);
    budget
}

#[tokio::test]
async fn what_budgets_refuses_is_refused() {
    let served = Served::new().await;
    let client = client(&served).await;
    for (wrong, reason) in [
        (budget("a:b", "1"), "budgetName"),
        (budget("b", "one"), "amount"),
        (budget("b", "0.0"), "greater than 0"),
        (
            changed("1", |b| b.budget_limit = None),
            "BudgetLimit or PlannedBudgetLimits",
        ),
        (
            changed("90", |b| b.budget_type = BudgetType::RiCoverage),
            "is 100",
        ),
        (
            changed("90", |b| b.time_unit = TimeUnit::Custom),
            "TimePeriod",
        ),
    ] {
        let (code, message) = create(&client, wrong).await.unwrap_err();
        assert_eq!(code, "InvalidParameterException");
        assert!(message.contains(reason), "{message}");
    }
    let foreign = client
        .describe_budgets()
        .account_id("111122223333")
        .send()
        .await
        .unwrap_err();
    assert_eq!(foreign.code(), Some("AccessDeniedException"));
}
