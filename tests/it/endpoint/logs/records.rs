use aws_sdk_cloudwatchlogs::operation::start_query::StartQueryError;

use super::queries::ask;
use super::{Logs, refusal};
use crate::endpoint::wire::START;

#[tokio::test]
async fn the_pointer_of_a_row_leads_to_all_fields_of_its_event() {
    let logs = Logs::with_group().await;
    logs.put(
        "a",
        &[
            (1, "first"),
            (2, r#"{"level":"ERROR","nested":{"ok":true},"n":null}"#),
        ],
    )
    .await;
    let answer = ask(&logs, "fields level | filter level = 'ERROR'").await;
    let row = &answer.results()[0];
    let pointer = row
        .iter()
        .find(|cell| cell.field() == Some("@ptr"))
        .unwrap();
    let record = logs
        .client
        .get_log_record()
        .log_record_pointer(pointer.value().unwrap());
    let record = record.send().await.unwrap();
    let mut fields: Vec<_> = record
        .log_record()
        .unwrap()
        .iter()
        .map(|(k, v)| format!("{k}={v}"))
        .collect();
    fields.sort();
    insta::assert_snapshot!(fields.join("\n"), @r###"
    @ingestionTime=1776679200000
    @log=000000000000:g
    @logStream=a
    @message={"level":"ERROR","nested":{"ok":true},"n":null}
    @timestamp=1776679200002
    level=ERROR
    nested.ok=1
    "###);
}

#[tokio::test]
async fn a_pointer_to_nothing_is_refused() {
    let logs = Logs::with_group().await;
    let read = |pointer: &str| {
        logs.client
            .get_log_record()
            .log_record_pointer(pointer)
            .send()
    };
    insta::assert_snapshot!(refusal(read("abc").await), @"InvalidParameterException: The specified logRecordPointer is invalid.");
    insta::assert_snapshot!(refusal(read("event-00000000000000ff").await), @"ResourceNotFoundException: The specified log record does not exist.");
}

#[tokio::test]
async fn fields_of_a_group_come_with_their_share_of_events() {
    let logs = Logs::with_group().await;
    logs.put(
        "a",
        &[
            (0, r#"{"a":1,"b":{"c":2}}"#),
            (0, r#"{"a":1}"#),
            (0, "text"),
        ],
    )
    .await;
    let fields = logs
        .client
        .get_log_group_fields()
        .log_group_name("g")
        .send()
        .await
        .unwrap();
    let shown = |fields: &[aws_sdk_cloudwatchlogs::types::LogGroupField]| -> Vec<String> {
        fields
            .iter()
            .map(|f| format!("{} {}", f.name().unwrap(), f.percent()))
            .collect()
    };
    assert_eq!(
        shown(fields.log_group_fields()),
        [
            "@ingestionTime 100",
            "@log 100",
            "@logStream 100",
            "@message 100",
            "@timestamp 100",
            "a 66",
            "b.c 33"
        ]
    );
    let elsewhen = logs
        .client
        .get_log_group_fields()
        .log_group_identifier("g")
        .time(START.as_seconds() + 3600);
    assert!(elsewhen.send().await.unwrap().log_group_fields().is_empty());
}

#[tokio::test]
async fn every_mistake_of_a_query_is_told_with_its_place() {
    let logs = Logs::with_group().await;
    let start = logs.client.start_query().log_group_name("g");
    let start = start
        .start_time(START.as_seconds())
        .end_time(START.as_seconds() + 60);
    let text = "fields é, strln(a) | stats cuont(*) by a | sort zz";
    let refused = start.query_string(text).send().await;
    let Err(error) = &refused else {
        panic!("{refused:?}")
    };
    let Some(StartQueryError::MalformedQueryException(malformed)) = error.as_service_error() else {
        panic!("{error:?}");
    };
    let compile_error = malformed.query_compile_error().unwrap();
    let place = compile_error.location().unwrap();
    assert_eq!(
        (place.start_char_offset(), place.end_char_offset()),
        (Some(10), Some(15))
    );
    insta::assert_snapshot!(compile_error.message().unwrap(), @"unknown function `strln`: not a function of Logs Insights (help: a function with a similar name exists: `strlen`); [27,32] unknown function `cuont`: not a function of Logs Insights (help: a function with a similar name exists: `count`); [48,50] unknown symbols found in or after stats: `zz`: after `stats` only its keys and results exist (help: these exist: a, cuont(*))");
}
