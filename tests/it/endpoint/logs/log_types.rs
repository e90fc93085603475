use aws_sdk_cloudwatchlogs::Client;

use super::queries::{ask, rows};
use super::{Logs, refusal};
use crate::endpoint::wire::START;

const FLOW: &str = "2 123456789010 eni-1 172.31.9.69 172.31.9.12 49761 3389 17 5 336 1418530010 1418530070 REJECT OK";

async fn tag(client: &Client, pairs: &[(&str, &str)]) {
    let mut request = client
        .tag_resource()
        .resource_arn("arn:aws:logs:us-east-1:000000000000:log-group:g");
    for (key, value) in pairs {
        request = request.tags(*key, *value);
    }
    request.send().await.unwrap();
}

#[tokio::test]
async fn system_fields_of_a_group_are_filled() {
    let logs = Logs::with_group().await;
    logs.put("a", &[(1, "x")]).await;
    let text = "fields @aws.account, @aws.region, @data_source_name, @entity.KeyAttributes.Name";
    assert_eq!(
        rows(&ask(&logs, text).await),
        ["@aws.account=000000000000 @aws.region=us-east-1 @ptr"]
    );
}

#[tokio::test]
async fn tags_say_the_data_source_of_a_group() {
    let logs = Logs::with_group().await;
    logs.put("a", &[(1, "x")]).await;
    tag(
        &logs.client,
        &[
            ("cw:datasource:name", "payments"),
            ("cw:datasource:type", "orders"),
        ],
    )
    .await;
    let text =
        "filterIndex @data_source_name in ['payments'] | stats count(*) as n by @data_source_type";
    assert_eq!(
        rows(&ask(&logs, text).await),
        ["@data_source_type=orders n=1"]
    );
}

#[tokio::test]
async fn flow_logs_are_known_by_their_first_line() {
    let logs = Logs::with_group().await;
    logs.put(
        "a",
        &[(1, FLOW), (2, &FLOW.replace(" 17 5 336", " 6 7 40"))],
    )
    .await;
    let text = "filter protocol = 17 | stats sum(bytes) as total by srcAddr, @data_source_name";
    assert_eq!(
        rows(&ask(&logs, text).await),
        ["srcAddr=172.31.9.69 @data_source_name=amazon_vpc total=336"]
    );
}

#[tokio::test]
async fn fields_of_a_custom_flow_format_are_refused_with_their_place() {
    let logs = Logs::with_group().await;
    logs.put("a", &[(1, "5 vpc-1 172.31.9.69")]).await;
    tag(
        &logs.client,
        &[
            ("cw:datasource:name", "amazon_vpc"),
            ("cw:datasource:type", "flow"),
        ],
    )
    .await;
    let start = logs.client.start_query().log_group_name("g");
    let start = start.query_string("fields @message, srcAddr");
    let start = start
        .start_time(START.as_seconds())
        .end_time(START.as_seconds() + 3600);
    let refused = start.send().await;
    let place = |error: &aws_sdk_cloudwatchlogs::operation::start_query::StartQueryError| {
        match error {
        aws_sdk_cloudwatchlogs::operation::start_query::StartQueryError::MalformedQueryException(e) => {
            let place = e.query_compile_error().unwrap().location().unwrap();
            (place.start_char_offset(), place.end_char_offset())
        }
        other => panic!("{other:?}"),
    }
    };
    assert_eq!(
        refused
            .as_ref()
            .map_err(|e| place(e.as_service_error().unwrap()))
            .unwrap_err(),
        (Some(17), Some(24))
    );
    insta::assert_snapshot!(refusal(refused), @"MalformedQueryException: the field `srcAddr` cannot be filled here: the lines are not in the default format of VPC flow logs (help: `parse @message /…(?<name>…)/` takes values out of the event's text)");
}
