use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::error::ProvideErrorMetadata as _;
use aws_sdk_cloudwatch::types::{
    ActionConfiguration, AlarmTagsPropagation, AlarmType, ComparisonOperator, LogAlarm,
    ScheduleConfiguration, ScheduledQueryConfiguration, StateValue,
};
use aws_sdk_cloudwatchlogs::types::InputLogEvent;

use super::composite::served;
use super::wire::START;

const GROUP: &str = "/alarms/log";

fn query(aggregation: &str) -> ScheduledQueryConfiguration {
    let schedule = ScheduleConfiguration::builder()
        .schedule_expression("rate(1 minute)")
        .start_time_offset(60)
        .build();
    ScheduledQueryConfiguration::builder()
        .query_string("fields host, ms | filter ispresent(ms)")
        .log_group_identifiers(GROUP)
        .scheduled_query_role_arn("arn:aws:iam::000000000000:role/query")
        .schedule_configuration(schedule)
        .aggregation_expression(aggregation)
        .build()
}

async fn describe(client: &Client) -> LogAlarm {
    let request = client.describe_alarms().alarm_types(AlarmType::LogAlarm);
    let answer = request.send().await.unwrap();
    answer.log_alarms()[0].clone()
}

#[tokio::test]
async fn a_log_alarm_put_by_the_sdk_runs_its_query_and_names_contributors() {
    let (served, client, clock, _endpoint) = served().await;
    let logs = aws_sdk_cloudwatchlogs::Client::new(&served.config("us-east-1"));
    let group = logs.create_log_group().log_group_name(GROUP);
    group.send().await.unwrap();
    let stream = logs.create_log_stream().log_group_name(GROUP);
    stream.log_stream_name("one").send().await.unwrap();
    let propagation = AlarmTagsPropagation::builder().enabled(true).build();
    let configuration = ActionConfiguration::builder()
        .alarm_tags_propagation(propagation)
        .build();
    let put = client.put_log_alarm().alarm_name("slow");
    let put = put.scheduled_query_configuration(query("avg(ms) by host"));
    let put = put.query_results_to_evaluate(1).query_results_to_alarm(1);
    let put = put.threshold(100.0).action_configuration(configuration);
    let put = put.comparison_operator(ComparisonOperator::GreaterThanThreshold);
    put.send().await.unwrap();
    for (host, ms) in [("a", 500), ("b", 5)] {
        let event = InputLogEvent::builder()
            .timestamp(START.0 + 1000)
            .message(format!(r#"{{"host":"{host}","ms":{ms}}}"#))
            .build()
            .unwrap();
        let put = logs.put_log_events().log_group_name(GROUP);
        let put = put.log_stream_name("one").log_events(event);
        put.send().await.unwrap();
    }
    clock.advance(60_000);
    let alarm = describe(&client).await;
    assert_eq!(alarm.state_value(), Some(&StateValue::Alarm));
    assert_eq!(
        alarm.state_reason(),
        Some("1 out of 2 time series evaluated to ALARM")
    );
    let configured = alarm.scheduled_query_configuration().unwrap();
    assert_eq!(configured.aggregation_expression(), Some("avg(ms) by host"));
    assert!(
        configured
            .query_arn()
            .unwrap()
            .ends_with("scheduled-query:slow")
    );
    assert!(alarm.action_configuration().is_some());
    let request = client.describe_alarm_contributors().alarm_name("slow");
    let answer = request.send().await.unwrap();
    let contributors = answer.alarm_contributors();
    assert_eq!(contributors.len(), 1);
    let attributes = contributors[0].contributor_attributes();
    assert_eq!(attributes.unwrap()["host"], "a");
    let request = client.describe_alarm_history().alarm_name("slow");
    let history = request.alarm_types(AlarmType::LogAlarm).send().await;
    let history = history.unwrap();
    let items = history.alarm_history_items().iter();
    let kinds: Vec<_> = items
        .map(|item| item.history_item_type().unwrap().as_str())
        .collect();
    assert_eq!(
        kinds,
        [
            "StateUpdate",
            "AlarmContributorStateUpdate",
            "ConfigurationUpdate"
        ]
    );
    let item = &history.alarm_history_items()[1];
    assert_eq!(
        item.alarm_contributor_id(),
        contributors[0].contributor_id()
    );
}

#[tokio::test]
async fn what_put_log_alarm_does_not_do_is_refused_by_name() {
    let (_served, client, _clock, _endpoint) = served().await;
    let put = |count: i32, aggregation: &str| {
        let put = client.put_log_alarm().alarm_name("slow");
        let put = put.scheduled_query_configuration(query(aggregation));
        let put = put.query_results_to_evaluate(1).query_results_to_alarm(1);
        let put = put.threshold(100.0).action_log_line_count(count);
        put.comparison_operator(ComparisonOperator::GreaterThanThreshold)
            .send()
    };
    for (count, aggregation, text) in [
        (5, "count(*)", "ActionLogLineCount"),
        (51, "count(*)", "between 0 and 50"),
        (0, "p99(ms)", "AggregationExpression"),
    ] {
        let error = put(count, aggregation).await.unwrap_err();
        assert_eq!(error.code(), Some("ValidationError"));
        let message = error.message().unwrap();
        assert!(message.contains(text), "{message}");
    }
    let unknown = client.describe_alarm_contributors().alarm_name("none");
    let error = unknown.send().await.unwrap_err();
    assert!(error.into_service_error().is_resource_not_found_exception());
}
