use super::fixture::Folder;

const LOG: &str = r#"{"timestamp":"2026-04-20T10:00:00Z","level":"ERROR","endpoint":"/a","status":500}
{"timestamp":"2026-04-20T10:00:01Z","level":"INFO","endpoint":"/a","status":200}
{"timestamp":"2026-04-20T10:00:02Z","level":"ERROR","endpoint":"/b","status":503}
{"timestamp":"2026-04-20T10:00:03Z","level":"ERROR","endpoint":"/a"}
"#;

fn with_log() -> Folder {
    let folder = Folder::with_suite();
    folder.write("app.jsonl", LOG);
    folder
}

#[test]
fn without_a_name_the_saved_queries_are_listed() {
    insta::assert_snapshot!(with_log().belfry(&["query"]), @r###"
    exit 0
    ----- stdout -----
    ┌────────┬─────────────────────┐
    │ query  ┆ answers             │
    ╞════════╪═════════════════════╡
    │ errors ┆ Errors by endpoint. │
    └────────┴─────────────────────┘
    ----- stderr -----
    "###);
}

#[test]
fn a_saved_query_runs_over_a_file() {
    insta::assert_snapshot!(with_log().belfry(&["query", "errors", "--file", "app.jsonl"]), @r###"
    exit 0
    ----- stdout -----
    ┌──────────┬───┐
    │ endpoint ┆ n │
    ╞══════════╪═══╡
    │ /a       ┆ 2 │
    │ /b       ┆ 1 │
    └──────────┴───┘
    2 rows; 3 of 4 records matched, 310 bytes scanned
    ----- stderr -----
    "###);
}

#[test]
fn json_is_one_object_with_null_where_a_field_is_left_out() {
    let folder = with_log();
    let text = "fields @timestamp, status | sort @timestamp desc | limit 2";
    let arguments = [
        "query",
        "--text",
        text,
        "--file",
        "app.jsonl",
        "--format",
        "json",
    ];
    insta::assert_snapshot!(folder.stdout(&arguments), @r###"{"columns":["@timestamp","status"],"rows":[["2026-04-20 10:00:03.000",null],["2026-04-20 10:00:02.000","503"]],"statistics":{"recordsMatched":4,"recordsScanned":4,"bytesScanned":310,"logGroupsScanned":1},"notes":[]}"###);
}

#[test]
fn csv_has_a_header_and_empty_cells() {
    let folder = with_log();
    let arguments = [
        "query",
        "--text",
        "fields endpoint, status",
        "--file",
        "app.jsonl",
        "--format",
        "csv",
    ];
    insta::assert_snapshot!(folder.stdout(&arguments), @r###"
    endpoint,status
    /a,
    /b,503
    /a,200
    /a,500
    "###);
}

#[test]
fn a_wrong_query_is_shown_with_its_place_and_ends_with_1() {
    let folder = with_log();
    let arguments = [
        "query",
        "--text",
        "stats cuont(*) by endpoint",
        "--file",
        "app.jsonl",
    ];
    insta::assert_snapshot!(folder.belfry(&arguments), @r###"
    exit 1
    ----- stdout -----
    ----- stderr -----
    error[Q0301]: unknown function `cuont`
     --> query:1:7
      |
    1 | stats cuont(*) by endpoint
      |       ^^^^^ not a function of Logs Insights
      |
    help: a function with a similar name exists
      |
    1 - stats cuont(*) by endpoint
    1 + stats count(*) by endpoint
      |

    error: the query is refused
    hint: `belfry explain CODE` tells more about a code
    "###);
}

#[test]
fn since_needs_lines_with_times() {
    let folder = with_log();
    folder.write("plain.log", "one\ntwo\n");
    let text = "fields @message";
    let with_times = [
        "query",
        "--text",
        text,
        "--file",
        "app.jsonl",
        "--since",
        "2026-04-20T10:00:02Z",
        "--format",
        "csv",
    ];
    assert_eq!(folder.stdout(&with_times).lines().count(), 3);
    let arguments = [
        "query",
        "--text",
        text,
        "--file",
        "plain.log",
        "--since",
        "1h",
    ];
    insta::assert_snapshot!(folder.belfry(&arguments), @r###"
    exit 1
    ----- stdout -----
    ----- stderr -----
    error: a time range needs times, and no line of plain.log has one
    hint: name the field that holds the time with --time-field
    "###);
}

#[test]
fn exported_events_are_read_by_their_own_timestamps() {
    let folder = with_log();
    folder.write(
        "events.jsonl",
        "{\"timestamp\":1776679200000,\"message\":\"hello\"}\n",
    );
    let arguments = [
        "query",
        "--text",
        "fields @timestamp, @message",
        "--file",
        "events.jsonl",
        "--file-format",
        "events",
        "--format",
        "csv",
    ];
    insta::assert_snapshot!(folder.stdout(&arguments), @r###"
    @timestamp,@message
    2026-04-20 10:00:00.000,hello
    "###);
}

#[test]
fn a_saved_query_runs_in_the_local_environment() {
    let folder = with_log();
    folder.stdout(&["apply", "--yes"]);
    let arguments = [
        "query",
        "errors",
        "--utc",
        "--from",
        "2026-11-01",
        "--to",
        "now",
    ];
    let answer = folder.belfry(&arguments);
    let (before, after) = answer.split_once("2026-11-01 00:00:00 to ").unwrap();
    assert!(after.trim_end().ends_with(" UTC"), "{answer}");
    insta::assert_snapshot!(before, @r###"
    exit 0
    ----- stdout -----
    no rows
    0 rows; 0 of 0 records matched, 0 bytes scanned
    ----- stderr -----
    "###);
}

#[test]
fn a_name_that_does_not_exist_is_answered_with_its_neighbour() {
    insta::assert_snapshot!(with_log().belfry(&["query", "error"]), @r###"
    exit 1
    ----- stdout -----
    ----- stderr -----
    error: no saved query is called `error`
    hint: a query with a similar name exists: errors
    "###);
}
