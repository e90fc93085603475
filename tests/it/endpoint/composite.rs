use std::sync::Arc;

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::error::ProvideErrorMetadata as _;
use aws_sdk_cloudwatch::types::{
    ActionsSuppressedBy, AlarmType, ComparisonOperator, CompositeAlarm, StateValue, Statistic,
};
use belfry::endpoint::{Endpoint, Settings};
use belfry_engine::base::VirtualClock;

use super::served::Served;
use super::wire::START;

const TOPIC: &str = "arn:aws:sns:us-east-1:000000000000:alerts";

pub(super) async fn served() -> (Served, Client, Arc<VirtualClock>, Arc<Endpoint>) {
    let clock = Arc::new(VirtualClock::new(START));
    let settings = Settings {
        clock: clock.clone(),
        ..Settings::default()
    };
    let endpoint = Endpoint::open(settings).unwrap();
    let served = Served::of(Arc::clone(&endpoint)).await;
    let client = Client::new(&served.config("us-east-1"));
    (served, client, clock, endpoint)
}

/// A metric alarm that no datapoint ever changes: it ignores missing data.
pub(super) async fn child(client: &Client, name: &str, state: StateValue) {
    let alarm = client.put_metric_alarm().alarm_name(name);
    let alarm = alarm.namespace("App").metric_name(name).period(60);
    let alarm = alarm.statistic(Statistic::Sum).evaluation_periods(1);
    let alarm = alarm.comparison_operator(ComparisonOperator::GreaterThanThreshold);
    let alarm = alarm.threshold(1.0).treat_missing_data("ignore");
    let alarm = alarm.alarm_actions(TOPIC);
    alarm.send().await.unwrap();
    set(client, name, state).await;
}

/// The actions that were run for a metric alarm.
pub(super) async fn actions_of(client: &Client, name: &str) -> Vec<String> {
    let request = client.describe_alarm_history().alarm_name(name);
    let answer = request.send().await.unwrap();
    let items = answer.alarm_history_items().iter();
    let actions = items.filter(|item| item.history_item_type().unwrap().as_str() == "Action");
    actions
        .map(|item| item.history_summary().unwrap().to_owned())
        .collect()
}

pub(super) async fn set(client: &Client, name: &str, state: StateValue) {
    let request = client.set_alarm_state().alarm_name(name);
    let request = request.state_value(state).state_reason("a test");
    request.send().await.unwrap();
}

async fn describe(client: &Client, name: &str) -> CompositeAlarm {
    let request = client.describe_alarms().alarm_names(name);
    let answer = request.alarm_types(AlarmType::CompositeAlarm);
    let answer = answer.send().await.unwrap();
    answer.composite_alarms()[0].clone()
}

async fn actions(client: &Client, name: &str) -> Vec<String> {
    let request = client.describe_alarm_history().alarm_name(name);
    let request = request.alarm_types(AlarmType::CompositeAlarm);
    let answer = request.send().await.unwrap();
    let items = answer.alarm_history_items().iter();
    assert!(
        items
            .clone()
            .all(|i| i.alarm_type() == Some(&AlarmType::CompositeAlarm))
    );
    let actions = items.filter(|item| item.history_item_type().unwrap().as_str() == "Action");
    actions
        .map(|item| item.history_summary().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn a_composite_alarm_put_by_the_sdk_follows_its_children() {
    let (_served, client, _clock, _endpoint) = served().await;
    child(&client, "errors", StateValue::Ok).await;
    child(&client, "latency high", StateValue::Ok).await;
    let request = client.put_composite_alarm().alarm_name("page");
    let request = request.alarm_rule("ALARM(errors) AND NOT OK(\"latency high\")");
    request.alarm_actions(TOPIC).send().await.unwrap();
    let page = describe(&client, "page").await;
    assert_eq!(page.state_value(), Some(&StateValue::Ok));
    assert_eq!(
        page.state_reason(),
        Some(
            "arn:aws:cloudwatch:us-east-1:000000000000:alarm:page was created and its alarm rule evaluates to OK"
        )
    );
    assert_eq!(page.actions_suppressor(), None);
    let metric_alarms = client.describe_alarms().send().await.unwrap();
    assert_eq!(metric_alarms.metric_alarms().len(), 2);
    assert!(metric_alarms.composite_alarms().is_empty());
    set(&client, "errors", StateValue::Alarm).await;
    set(&client, "latency high", StateValue::InsufficientData).await;
    let page = describe(&client, "page").await;
    assert_eq!(page.state_value(), Some(&StateValue::Alarm));
    assert_eq!(
        actions(&client, "page").await,
        [format!("Failed to execute action {TOPIC}")],
        "there is no such topic"
    );
}

#[tokio::test]
async fn children_and_parents_are_short_records() {
    let (_served, client, _clock, _endpoint) = served().await;
    child(&client, "errors", StateValue::Alarm).await;
    let put = |name: &str, rule: &str| {
        client
            .put_composite_alarm()
            .alarm_name(name)
            .alarm_rule(rule)
            .send()
    };
    put("low", "ALARM(errors)").await.unwrap();
    put("top", "ALARM(low) OR ALARM(errors)").await.unwrap();
    let children = client.describe_alarms().children_of_alarm_name("top");
    let children = children.send().await.unwrap();
    assert_eq!(children.metric_alarms()[0].alarm_name(), Some("errors"));
    assert_eq!(children.metric_alarms()[0].threshold(), None);
    let low = &children.composite_alarms()[0];
    assert_eq!((low.alarm_name(), low.alarm_rule()), (Some("low"), None));
    assert_eq!(low.state_value(), Some(&StateValue::Alarm));
    let parents = client.describe_alarms().parents_of_alarm_name("errors");
    let parents = parents.send().await.unwrap();
    let names: Vec<_> = parents
        .composite_alarms()
        .iter()
        .map(|p| p.alarm_name())
        .collect();
    assert_eq!(names, [Some("low"), Some("top")]);
    assert_eq!(parents.composite_alarms()[0].state_value(), None);
    let both = client.describe_alarms().parents_of_alarm_name("errors");
    both.max_records(5)
        .alarm_name_prefix("x")
        .send()
        .await
        .unwrap_err();
    let refused = client.delete_alarms().alarm_names("errors").send().await;
    assert_eq!(
        refused.unwrap_err().message(),
        Some("Cannot delete errors as there are composite alarm(s) depending on it.")
    );
    client
        .delete_alarms()
        .alarm_names("top")
        .send()
        .await
        .unwrap();
}

#[tokio::test]
async fn a_wrong_composite_alarm_is_refused_in_the_words_of_aws() {
    let (_served, client, _clock, _endpoint) = served().await;
    child(&client, "errors", StateValue::Ok).await;
    let put = |rule: &str| {
        client
            .put_composite_alarm()
            .alarm_name("page")
            .alarm_rule(rule)
    };
    let table = [
        (
            "ALARM(errors) OR ALARM(nope)",
            "alarms [nope] in the alarm rule do not exist",
        ),
        (
            "ALARM(errors today)",
            "Error in AlarmRule [Unsupported token 'today' at char 13, must be: ')']",
        ),
        ("ALARM(errors) ", "leading or trailing whitespace"),
    ];
    for (rule, text) in table {
        let refused = put(rule).send().await.unwrap_err();
        assert_eq!(refused.code(), Some("ValidationError"));
        assert!(refused.message().unwrap().contains(text), "{refused:?}");
    }
    let alone = put("TRUE").actions_suppressor_wait_period(1).send().await;
    assert!(
        alone
            .unwrap_err()
            .message()
            .unwrap()
            .contains("ActionsSuppressorWaitPeriod")
    );
    let half = put("TRUE")
        .actions_suppressor("errors")
        .actions_suppressor_wait_period(1);
    let half = half.send().await.unwrap_err();
    assert!(
        half.message()
            .unwrap()
            .contains("ActionsSuppressorExtensionPeriod")
    );
}

#[tokio::test]
async fn a_suppressor_holds_actions_back_for_the_wait_and_the_extension() {
    let (_served, client, clock, endpoint) = served().await;
    child(&client, "errors", StateValue::Ok).await;
    child(&client, "deploying", StateValue::Ok).await;
    let request = client
        .put_composite_alarm()
        .alarm_name("page")
        .alarm_rule("ALARM(errors)");
    let request = request.alarm_actions(TOPIC).actions_suppressor("deploying");
    let request = request
        .actions_suppressor_wait_period(20)
        .actions_suppressor_extension_period(30);
    request.send().await.unwrap();
    clock.advance(60_000);
    set(&client, "errors", StateValue::Alarm).await;
    let page = describe(&client, "page").await;
    assert_eq!(
        page.actions_suppressed_by(),
        Some(&ActionsSuppressedBy::WaitPeriod)
    );
    assert_eq!(
        page.actions_suppressed_reason(),
        Some("Actions suppressed by WaitPeriod")
    );
    assert_eq!(page.actions_suppressor_wait_period(), Some(20));
    clock.advance(19_000);
    set(&client, "deploying", StateValue::Alarm).await;
    clock.advance(300_000);
    let page = describe(&client, "page").await;
    assert_eq!(
        page.actions_suppressed_by(),
        Some(&ActionsSuppressedBy::Alarm)
    );
    set(&client, "deploying", StateValue::Ok).await;
    clock.advance(29_000);
    endpoint.tick().await;
    assert_eq!(actions(&client, "page").await, [""; 0]);
    clock.advance(1000);
    endpoint.tick().await;
    assert_eq!(actions(&client, "page").await.len(), 1);
    assert_eq!(
        describe(&client, "page").await.actions_suppressed_by(),
        None
    );
}
