use aws_sdk_cloudwatchlogs::types::{MetricTransformation, StandardUnit};

use super::{Logs, refusal};

fn transformation(value: &str) -> MetricTransformation {
    MetricTransformation::builder()
        .metric_name("ErrorCount")
        .metric_namespace("FraudDetection")
        .metric_value(value)
        .default_value(0.0)
        .unit(StandardUnit::Count)
        .build()
        .unwrap()
}

async fn put(logs: &Logs, name: &str, pattern: &str) -> Result<(), String> {
    let request = logs.client.put_metric_filter().log_group_name("g");
    let request = request.filter_name(name).filter_pattern(pattern);
    let answer = request
        .metric_transformations(transformation("1"))
        .send()
        .await;
    match answer {
        Ok(_) => Ok(()),
        refused => Err(refusal(refused)),
    }
}

#[tokio::test]
async fn messages_are_numbered_from_one() {
    let logs = Logs::new().await;
    let test = logs
        .client
        .test_metric_filter()
        .filter_pattern("[level=ERROR, code]");
    let answer = test
        .log_event_messages("INFO 1")
        .log_event_messages("ERROR 2")
        .send()
        .await
        .unwrap();
    let [found] = answer.matches() else {
        panic!("one match: {answer:?}");
    };
    assert_eq!(found.event_number(), 2);
    assert_eq!(found.extracted_values().unwrap()["$code"], "2");
}

#[tokio::test]
async fn a_filter_reads_back_as_it_was_put() {
    let logs = Logs::with_group().await;
    put(&logs, "errors", r#"{ $.level = "ERROR" }"#)
        .await
        .unwrap();
    let describe = logs.client.describe_metric_filters().log_group_name("g");
    let answer = describe.send().await.unwrap();
    let filter = &answer.metric_filters()[0];
    assert_eq!(filter.filter_name(), Some("errors"));
    assert_eq!(filter.filter_pattern(), Some(r#"{ $.level = "ERROR" }"#));
    assert_eq!(filter.metric_transformations(), [transformation("1")]);
    assert!(!filter.apply_on_transformed_logs());
    let groups = logs.client.describe_log_groups().send().await.unwrap();
    assert_eq!(groups.log_groups()[0].metric_filter_count(), Some(1));
}

#[tokio::test]
async fn the_sixth_filter_with_a_regular_expression_is_refused() {
    let logs = Logs::with_group().await;
    for number in 1..=5 {
        put(&logs, &format!("f{number}"), "%ab+%").await.unwrap();
    }
    put(&logs, "f1", "%abc%").await.unwrap();
    assert_eq!(
        put(&logs, "f6", "%ab+%").await.unwrap_err(),
        "LimitExceededException: Resource limit exceeded."
    );
    put(&logs, "f1", "plain").await.unwrap();
    put(&logs, "f6", "%ab+%").await.unwrap();
}

#[tokio::test]
async fn a_deleted_filter_is_gone() {
    let logs = Logs::with_group().await;
    put(&logs, "errors", "ERROR").await.unwrap();
    let delete = || {
        logs.client
            .delete_metric_filter()
            .log_group_name("g")
            .filter_name("errors")
    };
    delete().send().await.unwrap();
    assert_eq!(
        refusal(delete().send().await),
        "ResourceNotFoundException: The specified metric filter does not exist."
    );
}

#[tokio::test]
async fn system_fields_select_events_and_become_dimensions() {
    let logs = Logs::with_group().await;
    let request = || {
        let request = logs.client.put_metric_filter().log_group_name("g");
        let transformation = MetricTransformation::builder()
            .metric_name("Errors")
            .metric_namespace("FraudDetection")
            .metric_value("1")
            .unit(StandardUnit::None);
        request
            .filter_name("errors")
            .filter_pattern("ERROR")
            .metric_transformations(transformation.build().unwrap())
            .emit_system_field_dimensions("@aws.account")
    };
    let criteria = "@aws.region = \"us-east-1\" AND @aws.account NOT IN [\"1\"]";
    let put = request().field_selection_criteria(criteria).send().await;
    put.unwrap();
    let describe = logs.client.describe_metric_filters().log_group_name("g");
    let answer = describe.send().await.unwrap();
    let filter = &answer.metric_filters()[0];
    assert_eq!(filter.field_selection_criteria(), Some(criteria));
    assert_eq!(filter.emit_system_field_dimensions(), ["@aws.account"]);
    let unit = filter.metric_transformations()[0].unit();
    assert_eq!(unit, Some(&StandardUnit::None));
    let wrong = request().field_selection_criteria("@aws.acount = \"1\"");
    let wrong = refusal(wrong.send().await);
    assert!(
        wrong.starts_with("InvalidParameterException: Invalid field selection criteria"),
        "{wrong}"
    );
}
