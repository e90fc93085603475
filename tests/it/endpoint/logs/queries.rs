use aws_sdk_cloudwatchlogs::operation::get_query_results::GetQueryResultsOutput;
use aws_sdk_cloudwatchlogs::operation::start_query::StartQueryError;
use aws_sdk_cloudwatchlogs::types::{QueryInfo, QueryParameter, QueryStatus};

use super::{Logs, refusal};
use crate::endpoint::wire::START;

/// Starts a query over the group `g` in the hour around the start and waits for its answer.
pub(super) async fn ask(logs: &Logs, text: &str) -> GetQueryResultsOutput {
    answer(logs, Some("g"), text).await
}

/// The same; without a group, `SOURCE` in the text must name one.
async fn answer(logs: &Logs, group: Option<&str>, text: &str) -> GetQueryResultsOutput {
    let start = logs
        .client
        .start_query()
        .set_log_group_name(group.map(Into::into))
        .query_string(text);
    let start = start
        .start_time(START.as_seconds())
        .end_time(START.as_seconds() + 3600);
    let id = start.send().await.unwrap().query_id.unwrap();
    loop {
        let results = logs.client.get_query_results().query_id(&id);
        let results = results.send().await.unwrap();
        if results.status() != Some(&QueryStatus::Running) {
            return results;
        }
        tokio::task::yield_now().await;
    }
}

/// `field=value` of every cell, a row a line.
pub(super) fn rows(results: &GetQueryResultsOutput) -> Vec<String> {
    let cell = |cell: &aws_sdk_cloudwatchlogs::types::ResultField| {
        let name = cell.field().unwrap_or_default();
        match name {
            "@ptr" => "@ptr".to_owned(),
            _ => format!("{name}={}", cell.value().unwrap_or_default()),
        }
    };
    let row = |row: &Vec<_>| row.iter().map(cell).collect::<Vec<_>>().join(" ");
    results.results().iter().map(row).collect()
}

async fn with_events() -> Logs {
    let logs = Logs::with_group().await;
    logs.put(
        "a",
        &[
            (1, r#"{"level":"ERROR","duration":120}"#),
            (2, r#"{"level":"INFO","duration":30}"#),
            (3, r#"{"level":"ERROR"}"#),
        ],
    )
    .await;
    logs
}

#[tokio::test]
async fn rows_are_fields_in_order_with_their_pointer_last() {
    let logs = with_events().await;
    let results = ask(
        &logs,
        "fields level, duration | sort @timestamp asc | limit 3",
    )
    .await;
    assert_eq!(results.status(), Some(&QueryStatus::Complete));
    assert_eq!(
        rows(&results),
        [
            "level=ERROR duration=120 @ptr",
            "level=INFO duration=30 @ptr",
            "level=ERROR @ptr"
        ]
    );
}

#[tokio::test]
async fn a_pointer_that_the_query_names_stands_once_in_its_place() {
    let logs = with_events().await;
    let results = ask(&logs, "fields @ptr, level | sort @timestamp asc | limit 1").await;
    assert_eq!(rows(&results), ["@ptr level=ERROR"]);
}

#[tokio::test]
async fn aggregates_have_no_pointer_and_statistics_are_counted() {
    let logs = with_events().await;
    let results = ask(
        &logs,
        r#"filter level = "ERROR" | stats count(*) as n by level"#,
    )
    .await;
    assert_eq!(rows(&results), ["level=ERROR n=2"]);
    let statistics = results.statistics().unwrap();
    let near = |left: f64, right: f64| (left - right).abs() < f64::EPSILON;
    assert!(near(statistics.records_matched(), 2.0), "{statistics:?}");
    assert!(near(statistics.records_scanned(), 3.0), "{statistics:?}");
    assert!(near(statistics.bytes_scanned(), 79.0), "{statistics:?}");
    assert!(near(statistics.log_groups_scanned(), 1.0), "{statistics:?}");
}

#[tokio::test]
async fn a_malformed_query_names_the_place() {
    let logs = Logs::with_group().await;
    let start = logs.client.start_query().log_group_name("g");
    let start = start.query_string("fields @message | fitler x = 1");
    let start = start
        .start_time(START.as_seconds())
        .end_time(START.as_seconds());
    let error = start.send().await.unwrap_err().into_service_error();
    let compile_error = match error {
        StartQueryError::MalformedQueryException(e) => e.query_compile_error.unwrap(),
        other => panic!("{other:?}"),
    };
    let location = compile_error.location().unwrap();
    assert_eq!(
        (location.start_char_offset(), location.end_char_offset()),
        (Some(18), Some(24))
    );
    assert!(
        compile_error.message().unwrap().contains("fitler"),
        "{compile_error:?}"
    );
}

#[tokio::test]
async fn groups_must_be_selected_and_exist() {
    let logs = Logs::with_group().await;
    let start = || {
        let start = logs.client.start_query().query_string("fields @message");
        start
            .start_time(START.as_seconds())
            .end_time(START.as_seconds())
    };
    let refused = refusal(start().send().await);
    assert!(
        refused.starts_with("InvalidParameterException: no log group"),
        "{refused}"
    );
    let refused = refusal(start().log_group_name("none").send().await);
    assert_eq!(
        refused,
        "ResourceNotFoundException: Log group 'none' does not exist for account ID '000000000000'"
    );
    let refused = refusal(
        start()
            .log_group_name("g")
            .log_group_names("g")
            .send()
            .await,
    );
    assert!(refused.contains("exactly one of"), "{refused}");
}

#[tokio::test]
async fn a_range_before_the_group_is_malformed_as_on_aws() {
    let logs = Logs::with_group().await;
    let start = logs
        .client
        .start_query()
        .log_group_name("g")
        .query_string("fields @message");
    let start = start.start_time(0).end_time(START.as_seconds() - 1);
    assert_eq!(
        refusal(start.send().await),
        "MalformedQueryException: Query's end date and time is either before the log groups creation time \
         or exceeds the log groups log retention settings"
    );
}

#[tokio::test]
async fn a_finished_query_cannot_be_stopped() {
    let logs = with_events().await;
    ask(&logs, "fields @message").await;
    let described = logs
        .client
        .describe_queries()
        .log_group_name("g")
        .send()
        .await
        .unwrap();
    let query = &described.queries()[0];
    assert_eq!(
        query.query_string(),
        Some("SOURCE \"g\" START=1776679200000 END=1776682800999 | fields @message")
    );
    let stop = logs.client.stop_query().query_id(query.query_id().unwrap());
    let refused = refusal(stop.send().await);
    assert!(refused.contains("not running"), "{refused}");
}

#[tokio::test]
async fn source_selects_groups_by_name_prefix_and_tag() {
    let logs = with_events().await;
    let create = logs.client.create_log_group().log_group_name("gx");
    create.tags("team", "pay").send().await.unwrap();
    let count = "| stats count(*) as n";
    for (source, expected) in [
        ("SOURCE 'g'", Some("n=3")),
        ("SOURCE logGroups(namePrefix: ['g'])", Some("n=3")),
        (
            "SOURCE logGroups() logGroupTags([{\"key\":\"team\"}])",
            None,
        ),
    ] {
        let results = answer(&logs, None, &format!("{source} {count}")).await;
        assert_eq!(
            rows(&results).first().map(String::as_str),
            expected,
            "{source}"
        );
    }
    let start = logs
        .client
        .start_query()
        .query_string(format!("SOURCE logGroups(namePrefix: ['other']) {count}"));
    let start = start.start_time(0).end_time(START.as_seconds());
    let refused = refusal(start.send().await);
    assert!(refused.contains("selects no log group"), "{refused}");
}

#[tokio::test]
async fn a_data_source_of_a_service_is_refused_where_a_group_may_be_its_own_unknown() {
    let logs = with_events().await;
    for (group, source) in [("flow", "amazon_vpc"), ("pay", "payments")] {
        let create = logs.client.create_log_group().log_group_name(group);
        let create = create.tags("cw:datasource:name", source);
        let kind = if group == "flow" { "flow" } else { "orders" };
        let create = create.tags("cw:datasource:type", kind);
        create.send().await.unwrap();
    }
    let start = |source: &str| {
        let start = logs.client.start_query().start_time(0);
        let query = format!("SOURCE {source} | stats count(*) as n");
        start.end_time(START.as_seconds()).query_string(query)
    };
    let refused = refusal(start("dataSource(['amazon_vpc.flow'])").send().await);
    assert!(
        refused.contains("the log groups [g] is known to AWS's services"),
        "{refused}"
    );
    let only = "logGroups(namePrefix: ['flow']) dataSource(['amazon_vpc.flow'])";
    for source in [only, "dataSource(['payments.orders'])"] {
        assert!(start(source).send().await.is_ok(), "{source}");
    }
}

#[tokio::test]
async fn a_subquery_reads_another_group_and_a_lookup_table_is_refused_by_name() {
    let logs = with_events().await;
    let create = logs.client.create_log_group().log_group_name("empty");
    create.send().await.unwrap();
    let members = |group: &str| {
        format!(
            "filter level in (SOURCE '{group}' | filter duration > 100 | fields level) | stats count(*) as n"
        )
    };
    assert_eq!(rows(&ask(&logs, &members("g")).await), ["n=2"]);
    assert!(rows(&ask(&logs, &members("empty")).await).is_empty());
    let start = logs.client.start_query().log_group_name("g");
    let start = start.query_string("lookup users id OUTPUT name");
    let start = start.start_time(0).end_time(START.as_seconds());
    let refused = refusal(start.send().await);
    assert!(refused.contains("`users`"), "{refused}");
}

#[tokio::test]
async fn a_query_calls_the_saved_queries_of_the_account() {
    let logs = with_events().await;
    let level = QueryParameter::builder()
        .name("level")
        .default_value("INFO");
    let put = logs.client.put_query_definition().name("team/by-level");
    let put = put.query_string("filter level = {{level}} | fields duration");
    let put = put.parameters(level.build().unwrap()).send();
    put.await.unwrap();
    let results = ask(&logs, "$`team/by-level`()").await;
    assert_eq!(rows(&results), ["duration=30 @ptr"]);
    let text = "$`team/by-level`(level = \"ERROR\") | stats count(*) as n";
    assert_eq!(rows(&ask(&logs, text).await), ["n=2"]);
    let described = logs.client.describe_queries().send().await.unwrap();
    let shown = |query: &QueryInfo| query.query_string().unwrap().ends_with(text);
    assert!(described.queries().iter().any(shown), "{described:?}");
}

#[tokio::test]
async fn a_wrong_call_is_malformed_at_its_place() {
    let logs = Logs::with_group().await;
    let start = logs.client.start_query().log_group_name("g");
    let start = start
        .query_string("limit 5 | $nobody()")
        .start_time(START.as_seconds())
        .end_time(START.as_seconds());
    let error = start.send().await.unwrap_err().into_service_error();
    let compile_error = match error {
        StartQueryError::MalformedQueryException(e) => e.query_compile_error.unwrap(),
        other => panic!("{other:?}"),
    };
    let location = compile_error.location().unwrap();
    let place = (location.start_char_offset(), location.end_char_offset());
    assert_eq!(place, (Some(10), Some(17)));
}
