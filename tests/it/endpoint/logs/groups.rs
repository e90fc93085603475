use aws_sdk_cloudwatchlogs::types::OrderBy;

use super::{Logs, refusal};
use crate::endpoint::wire::START;

#[tokio::test]
async fn a_new_group_is_described_as_aws_describes_it() {
    let logs = Logs::with_group().await;
    let answer = logs.client.describe_log_groups().send().await.unwrap();
    let group = &answer.log_groups()[0];
    assert_eq!(
        group.arn(),
        Some("arn:aws:logs:us-east-1:000000000000:log-group:g:*")
    );
    assert_eq!(
        group.log_group_arn(),
        Some("arn:aws:logs:us-east-1:000000000000:log-group:g")
    );
    assert_eq!(group.creation_time(), Some(START.0));
    assert_eq!(group.retention_in_days(), None);
    assert_eq!(group.metric_filter_count(), Some(0));
    assert_eq!(group.stored_bytes(), Some(0));
    assert_eq!(group.deletion_protection_enabled(), Some(false));
}

#[tokio::test]
async fn groups_are_paged_by_name() {
    let logs = Logs::new().await;
    for name in ["/b", "/a/2", "/a/1", "/a/3"] {
        logs.group(name).await;
    }
    let describe = || {
        logs.client
            .describe_log_groups()
            .log_group_name_prefix("/a/")
            .limit(2)
    };
    let first = describe().send().await.unwrap();
    let second = describe()
        .set_next_token(first.next_token().map(Into::into))
        .send()
        .await
        .unwrap();
    let names: Vec<_> = first
        .log_groups()
        .iter()
        .chain(second.log_groups())
        .filter_map(|group| group.log_group_name())
        .collect();
    assert_eq!(names, ["/a/1", "/a/2", "/a/3"]);
    assert_eq!(second.next_token(), None);
}

#[tokio::test]
async fn a_pattern_finds_any_part_of_a_name() {
    let logs = Logs::new().await;
    for name in ["/ecs/Fraud/app", "/other"] {
        logs.group(name).await;
    }
    let describe = logs
        .client
        .describe_log_groups()
        .log_group_name_pattern("fraud");
    let answer = describe.send().await.unwrap();
    assert_eq!(answer.log_groups().len(), 1);
    let both = logs.client.describe_log_groups();
    let both = both.log_group_name_pattern("x").log_group_name_prefix("x");
    assert_eq!(
        refusal(both.send().await),
        "InvalidParameterException: LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters."
    );
}

#[tokio::test]
async fn refusals_are_in_awss_words() {
    let logs = Logs::with_group().await;
    let create = |name: &str| logs.client.create_log_group().log_group_name(name);
    assert_eq!(
        refusal(create("g").send().await),
        "ResourceAlreadyExistsException: The specified log group already exists"
    );
    assert_eq!(
        refusal(create(&"g".repeat(513)).send().await),
        "InvalidParameterException: Invalid LogGroup or LogStream, both must have length less than or equal to 512."
    );
    let stream = logs.client.create_log_stream().log_group_name("g");
    assert_eq!(
        refusal(stream.log_stream_name("a").send().await),
        "ResourceAlreadyExistsException: The specified log stream already exists"
    );
    let delete = logs.client.delete_log_group().log_group_name("none");
    assert_eq!(
        refusal(delete.send().await),
        "ResourceNotFoundException: The specified log group does not exist."
    );
    let describe = logs.client.describe_log_streams();
    let describe = describe.log_group_name("g").log_group_identifier("g");
    assert_eq!(
        refusal(describe.send().await),
        "ValidationException: LogGroup name and LogGroup ARN are mutually exclusive parameters."
    );
}

#[tokio::test]
async fn what_is_not_implemented_is_refused_by_name() {
    let logs = Logs::new().await;
    let create = || logs.client.create_log_group().log_group_name("g");
    let refused = refusal(create().kms_key_id("key").send().await);
    assert!(refused.contains("`kmsKeyId`"), "{refused}");
    let refused = refusal(create().log_group_class("DELIVERY".into()).send().await);
    assert!(refused.contains("`DELIVERY`"), "{refused}");
}

#[tokio::test]
async fn retention_is_set_and_taken_away() {
    let logs = Logs::with_group().await;
    let days = async || {
        let answer = logs.client.describe_log_groups().send().await.unwrap();
        answer.log_groups()[0].retention_in_days()
    };
    let put = |days| {
        let request = logs.client.put_retention_policy().log_group_name("g");
        request.retention_in_days(days).send()
    };
    put(30).await.unwrap();
    assert_eq!(days().await, Some(30));
    let refused = refusal(put(31).await);
    assert!(
        refused.contains("Value '31' at 'retentionInDays'"),
        "{refused}"
    );
    let delete = logs.client.delete_retention_policy().log_group_name("g");
    delete.send().await.unwrap();
    assert_eq!(days().await, None);
}

#[tokio::test]
async fn streams_are_ordered_by_name_or_by_their_last_event() {
    let logs = Logs::with_group().await;
    logs.put("a", &[(-5, "x")]).await;
    logs.put("b", &[(-9, "y")]).await;
    let streams = async |order: Option<OrderBy>| {
        let describe = logs.client.describe_log_streams().log_group_name("g");
        let answer = describe.set_order_by(order).send().await.unwrap();
        let names = answer.log_streams().iter();
        names
            .map(|s| s.log_stream_name().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(streams(None).await, ["a", "b"]);
    assert_eq!(streams(Some(OrderBy::LastEventTime)).await, ["b", "a"]);
}

#[tokio::test]
async fn tags_are_the_same_by_name_and_by_arn() {
    let logs = Logs::with_group().await;
    let arn = "arn:aws:logs:us-east-1:000000000000:log-group:g";
    let tag = logs.client.tag_resource().resource_arn(arn);
    tag.tags("team", "fraud")
        .tags("env", "local")
        .send()
        .await
        .unwrap();
    let untag = logs.client.untag_resource().resource_arn(arn);
    untag.tag_keys("env").send().await.unwrap();
    let of_arn = logs.client.list_tags_for_resource().resource_arn(arn);
    let of_arn = of_arn.send().await.unwrap();
    #[expect(deprecated, reason = "older clients still call it")]
    let of_name = logs.client.list_tags_log_group().log_group_name("g");
    let of_name = of_name.send().await.unwrap();
    assert_eq!(of_arn.tags(), of_name.tags());
    assert_eq!(of_arn.tags().unwrap()["team"], "fraud");
    assert_eq!(of_arn.tags().unwrap().len(), 1);
}

#[tokio::test]
async fn groups_are_listed_by_alternatives() {
    let logs = Logs::new().await;
    for name in ["/ecs/fraud/app", "/aws/ecs/x", "/other"] {
        logs.group(name).await;
    }
    let list = |pattern: &str| {
        let list = logs
            .client
            .list_log_groups()
            .log_group_name_pattern(pattern);
        list.send()
    };
    let answer = list("^/ecs|other").await.unwrap();
    let names: Vec<_> = answer
        .log_groups()
        .iter()
        .filter_map(|g| g.log_group_name())
        .collect();
    assert_eq!(names, ["/ecs/fraud/app", "/other"]);
    let refused = refusal(list("a|b").await);
    assert!(refused.contains("'logGroupNamePattern'"), "{refused}");
}

#[tokio::test]
async fn a_group_has_at_most_fifty_tags() {
    let logs = Logs::with_group().await;
    let arn = "arn:aws:logs:us-east-1:000000000000:log-group:g";
    let tag = |from: usize, to: usize| {
        let tags = (from..to)
            .map(|n| (format!("k{n}"), String::new()))
            .collect();
        let tag = logs.client.tag_resource().resource_arn(arn);
        tag.set_tags(Some(tags)).send()
    };
    tag(0, 40).await.unwrap();
    tag(30, 50).await.unwrap();
    let refused = refusal(tag(50, 51).await);
    assert!(refused.starts_with("TooManyTagsException"), "{refused}");
    let refused = refusal(tag(0, 51).await);
    assert!(
        refused.starts_with("InvalidParameterException"),
        "{refused}"
    );
}
