use aws_sdk_cloudwatchlogs::types::{LogGroupClass, MetricTransformation};

use super::queries::{ask, rows};
use super::{Logs, refusal};
use crate::endpoint::wire::START;

const REFUSED: &str =
    "ValidationException: This operation is only supported on the Standard log class.";
const LINE: &str = r#"{"_aws":{"Timestamp":1776679200000,"CloudWatchMetrics":[{"Namespace":"N","Dimensions":[[]],"Metrics":[{"Name":"M"}]}]},"M":1}"#;

/// An endpoint with the group `g` of class INFREQUENT_ACCESS, its stream `a`, and the group `other` of class STANDARD.
async fn infrequent() -> Logs {
    let logs = Logs::new().await;
    let create = logs.client.create_log_group().log_group_name("g");
    let create = create.log_group_class(LogGroupClass::InfrequentAccess);
    create.send().await.unwrap();
    logs.group("other").await;
    let create = logs.client.create_log_stream().log_group_name("g");
    create.log_stream_name("a").send().await.unwrap();
    logs
}

#[tokio::test]
async fn groups_are_shown_and_found_by_their_class() {
    let logs = infrequent().await;
    let all = logs.client.describe_log_groups().send().await.unwrap();
    let classes: Vec<_> = all
        .log_groups()
        .iter()
        .map(|g| g.log_group_class())
        .collect();
    let (infrequent, standard) = (LogGroupClass::InfrequentAccess, LogGroupClass::Standard);
    assert_eq!(classes, [Some(&infrequent), Some(&standard)]);
    let of_class = logs
        .client
        .describe_log_groups()
        .log_group_class(infrequent);
    let of_class = of_class.send().await.unwrap();
    assert_eq!(of_class.log_groups()[0].log_group_name(), Some("g"));
    assert_eq!(of_class.log_groups().len(), 1);
    let listed = logs.client.list_log_groups().log_group_class(standard);
    let listed = listed.send().await.unwrap();
    assert_eq!(listed.log_groups()[0].log_group_name(), Some("other"));
    assert_eq!(listed.log_groups().len(), 1);
}

#[tokio::test]
async fn what_the_standard_class_alone_has_is_refused() {
    let logs = infrequent().await;
    let client = &logs.client;
    let transformation = MetricTransformation::builder()
        .metric_namespace("N")
        .metric_name("M")
        .metric_value("1")
        .build()
        .unwrap();
    let put = client
        .put_metric_filter()
        .log_group_name("g")
        .filter_name("f");
    let put = put
        .filter_pattern("")
        .metric_transformations(transformation);
    assert_eq!(refusal(put.send().await), REFUSED);
    let describe = client.describe_metric_filters().log_group_name("g");
    assert_eq!(refusal(describe.send().await), REFUSED);
    assert!(client.describe_metric_filters().send().await.is_ok());
    let put = client.put_subscription_filter().log_group_name("g");
    let put = put.filter_name("f").filter_pattern("");
    let put = put.destination_arn("arn:aws:lambda:us-east-1:000000000000:function:f");
    assert_eq!(refusal(put.send().await), REFUSED);
    let describe = client.describe_subscription_filters().log_group_name("g");
    assert_eq!(refusal(describe.send().await), REFUSED);
    let filter = client.filter_log_events().log_group_name("g");
    assert_eq!(refusal(filter.send().await), REFUSED);
    let get = client
        .get_log_events()
        .log_group_name("g")
        .log_stream_name("a");
    assert_eq!(refusal(get.send().await), REFUSED);
    // Fields are discovered in both classes.
    let fields = client.get_log_group_fields().log_group_name("g");
    assert!(fields.send().await.is_ok());
}

#[tokio::test]
async fn embedded_metrics_are_of_the_standard_class_alone_and_queries_find_the_lines() {
    let logs = infrequent().await;
    logs.put("a", &[(0, LINE)]).await;
    let metrics = logs
        .cloudwatch()
        .list_metrics()
        .namespace("N")
        .send()
        .await
        .unwrap();
    assert!(metrics.metrics().is_empty());
    let found = ask(&logs, "stats count(*) as n, sum(M) as m").await;
    assert_eq!(rows(&found), ["n=1 m=1"]);
}

#[tokio::test]
async fn commands_that_the_class_does_not_know_are_refused_at_their_place() {
    let logs = infrequent().await;
    for text in [
        "fields @message | pattern @message",
        "fields @message | unmask",
        "filterIndex a = 1",
    ] {
        let start = logs.client.start_query().log_group_name("g");
        let start = start
            .query_string(text)
            .start_time(START.as_seconds())
            .end_time(START.as_seconds());
        let refused = refusal(start.send().await);
        assert!(
            refused.starts_with("MalformedQueryException: the command `"),
            "{refused}"
        );
        assert!(refused.contains("'g' is INFREQUENT_ACCESS"), "{refused}");
        let other = logs.client.start_query().log_group_name("other");
        let other = other
            .query_string(text)
            .start_time(START.as_seconds())
            .end_time(START.as_seconds());
        assert!(other.send().await.is_ok(), "{text}");
    }
}
