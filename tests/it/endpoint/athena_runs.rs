//! Queries of Athena while they run: states, limits, stops, and what a restart finds.

use std::fs;
use std::path::Path;

use axum::body::Body;
use http::Request;
use serde_json::{Value, json};

use super::wire::{Fixture, START};

/// Four million rows: it runs for longer than a call takes.
const LONG: &str = "SELECT count(*) FROM UNNEST(sequence(1, 2000)) AS a(x) CROSS JOIN UNNEST(sequence(1, 2000)) AS b(y)";

async fn athena(fixture: &Fixture, operation: &str, body: Value) -> Value {
    let target = format!("AmazonAthena.{operation}");
    fixture.json("1.1", &target, &body.to_string()).await.json()
}

async fn put(fixture: &Fixture, path: &str, body: Vec<u8>) {
    let request = Request::put(format!("http://localhost{path}"));
    let scope = "AWS4-HMAC-SHA256 Credential=local/20260420/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
    let request = request
        .header("host", "localhost")
        .header("authorization", scope)
        .body(Body::from(body));
    let reply = fixture.send(request.unwrap()).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
}

async fn start(fixture: &Fixture, text: &str) -> String {
    let request = json!({"QueryString": text, "WorkGroup": "own"});
    let started = athena(fixture, "StartQueryExecution", request).await;
    let id = started["QueryExecutionId"].as_str();
    id.unwrap_or_else(|| panic!("{started}")).to_owned()
}

async fn look(fixture: &Fixture, id: &str) -> Value {
    let answer = athena(
        fixture,
        "GetQueryExecution",
        json!({"QueryExecutionId": id}),
    )
    .await;
    answer["QueryExecution"].clone()
}

async fn ended(fixture: &Fixture, id: &str) -> Value {
    loop {
        let execution = look(fixture, id).await;
        let state = execution["Status"]["State"].as_str().unwrap();
        if !["QUEUED", "RUNNING"].contains(&state) {
            return execution;
        }
        tokio::task::yield_now().await;
    }
}

async fn results(fixture: &Fixture, id: &str) -> Value {
    athena(fixture, "GetQueryResults", json!({"QueryExecutionId": id})).await
}

/// An endpoint with a workgroup of ten megabytes, and a table over lines of a bucket.
async fn made(fixture: Fixture) -> Fixture {
    for bucket in ["/bucket-of-results", "/bucket-of-logs"] {
        put(&fixture, bucket, Vec::new()).await;
    }
    let configuration = json!({
        "ResultConfiguration": {"OutputLocation": "s3://bucket-of-results/"},
        "BytesScannedCutoffPerQuery": 10_000_000,
    });
    let group = json!({"Name": "own", "Configuration": configuration});
    athena(&fixture, "CreateWorkGroup", group).await;
    let table = "CREATE EXTERNAL TABLE lines (line string) ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.RegexSerDe' \
        WITH SERDEPROPERTIES ('input.regex'='(.*)') LOCATION 's3://bucket-of-logs/'";
    let id = start(&fixture, table).await;
    assert_eq!(ended(&fixture, &id).await["Status"]["State"], "SUCCEEDED");
    fixture
}

#[tokio::test]
async fn a_query_over_the_limit_of_its_workgroup_is_cancelled_while_it_reads() {
    let fixture = made(Fixture::new()).await;
    let line = [vec![b'x'; (1 << 20) - 1], vec![b'\n']].concat();
    for number in 0..4 {
        let path = format!("/bucket-of-logs/{number}.log");
        put(&fixture, &path, line.repeat(8)).await;
    }
    let id = start(&fixture, "SELECT count(*) FROM lines").await;
    let execution = ended(&fixture, &id).await;
    assert_eq!(execution["Status"]["State"], "CANCELLED");
    let reason = &execution["Status"]["StateChangeReason"];
    assert_eq!(reason, "Bytes scanned limit was exceeded");
    assert_eq!(execution["Statistics"]["DataScannedInBytes"], 10_000_000);
    let one = start(
        &fixture,
        "SELECT count(*) FROM lines WHERE \"$path\" LIKE '%/0.log'",
    )
    .await;
    let execution = ended(&fixture, &one).await;
    assert_eq!(execution["Status"]["State"], "SUCCEEDED", "{execution}");
    assert_eq!(execution["Statistics"]["DataScannedInBytes"], 8 << 20);
}

#[tokio::test]
async fn a_query_that_runs_has_no_results_yet_and_can_be_stopped() {
    let fixture = made(Fixture::new()).await;
    let id = start(&fixture, LONG).await;
    let refused = results(&fixture, &id).await;
    let message = refused["Message"].as_str().or(refused["message"].as_str());
    assert!(
        message
            .unwrap()
            .starts_with("Query has not yet finished. Current state: "),
        "{refused}"
    );
    fixture.pass(3).await;
    athena(
        &fixture,
        "StopQueryExecution",
        json!({"QueryExecutionId": id}),
    )
    .await;
    let execution = look(&fixture, &id).await;
    assert_eq!(execution["Status"]["State"], "CANCELLED");
    assert_eq!(
        execution["Status"]["StateChangeReason"],
        "Query cancelled by user"
    );
    assert_eq!(execution["Statistics"]["TotalExecutionTimeInMillis"], 3000);
    let stopped = athena(
        &fixture,
        "StopQueryExecution",
        json!({"QueryExecutionId": id}),
    )
    .await;
    assert_eq!(stopped, json!({}));
}

#[tokio::test]
async fn a_remark_on_an_answer_stands_where_reasons_stand() {
    let fixture = made(Fixture::new()).await;
    let id = start(
        &fixture,
        "SELECT approx_distinct(x) FROM UNNEST(sequence(1, 9)) AS t(x)",
    )
    .await;
    let execution = ended(&fixture, &id).await;
    assert_eq!(execution["Status"]["State"], "SUCCEEDED");
    let reason = execution["Status"]["StateChangeReason"].as_str().unwrap();
    assert!(reason.contains("approx"), "{reason}");
}

#[tokio::test]
async fn a_prepared_statement_is_executed_with_values() {
    let fixture = made(Fixture::new()).await;
    let statement = json!({"StatementName": "sum_of", "WorkGroup": "own", "QueryStatement": "SELECT ? + ? AS n"});
    athena(&fixture, "CreatePreparedStatement", statement).await;
    let id = start(&fixture, "EXECUTE sum_of USING 1, 2").await;
    assert_eq!(
        ended(&fixture, &id).await["Query"],
        "EXECUTE sum_of USING 1, 2"
    );
    let rows = results(&fixture, &id).await["ResultSet"]["Rows"].clone();
    assert_eq!(rows[1]["Data"][0]["VarCharValue"], "3");
    let request = json!({"QueryString": "EXECUTE other", "WorkGroup": "own"});
    let refused = athena(&fixture, "StartQueryExecution", request).await;
    assert!(
        refused
            .to_string()
            .contains("other was not found in workGroup own")
    );
}

#[tokio::test]
async fn reuse_of_results_is_refused_where_it_is_asked_for() {
    let fixture = made(Fixture::new()).await;
    for (is_enabled, expected) in [(true, "is not supported"), (false, "QueryExecutionId")] {
        let reuse = json!({"ResultReuseByAgeConfiguration": {"Enabled": is_enabled}});
        let request = json!({"QueryString": "SELECT 1", "WorkGroup": "own", "ResultReuseConfiguration": reuse});
        let answer = athena(&fixture, "StartQueryExecution", request).await;
        assert!(answer.to_string().contains(expected), "{answer}");
    }
}

/// The thread of a query that ended may look at the endpoint a moment longer.
fn reopened(folder: &Path) -> Fixture {
    loop {
        if let Ok(fixture) = Fixture::in_folder(folder, START.plus(60_000)) {
            return fixture;
        }
        std::thread::yield_now();
    }
}

#[tokio::test]
async fn a_restart_finds_how_queries_ended_without_running_them_again() {
    let folder = tempfile::tempdir().unwrap();
    let first = made(Fixture::in_folder(folder.path(), START).unwrap()).await;
    put(
        &first,
        "/bucket-of-logs/a.log",
        b"one\n\"two\"\n\n".to_vec(),
    )
    .await;
    let id = start(&first, "SELECT line, nullif(line, '') AS filled FROM lines").await;
    let failed = start(&first, "SELECT nope FROM lines").await;
    let before = [ended(&first, &id).await, ended(&first, &failed).await];
    let rows = results(&first, &id).await;
    assert_eq!(
        rows["ResultSet"]["Rows"].as_array().unwrap().len(),
        4,
        "{rows}"
    );
    let gone = Request::delete("http://localhost/bucket-of-logs/a.log")
        .header("authorization", "AWS4-HMAC-SHA256 Credential=local/20260420/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0")
        .header("host", "localhost")
        .body(Body::empty());
    assert_eq!(first.send(gone.unwrap()).await.status, 204);
    drop(first);
    let again = reopened(folder.path());
    assert_eq!(
        [look(&again, &id).await, look(&again, &failed).await],
        before
    );
    assert_eq!(results(&again, &id).await, rows);
}

#[tokio::test]
async fn a_query_that_a_restart_interrupts_has_failed() {
    let folder = tempfile::tempdir().unwrap();
    let first = made(Fixture::in_folder(folder.path(), START).unwrap()).await;
    let id = start(&first, "SELECT 1 AS n").await;
    ended(&first, &id).await;
    drop(first);
    let path = folder.path().join("journal.jsonl");
    loop {
        // Whoever still holds the folder writes no more.
        let text = fs::read_to_string(&path).unwrap();
        let (kept, last) = text.trim_end().rsplit_once('\n').unwrap();
        if last.contains("EndQueryExecution") {
            fs::write(&path, format!("{kept}\n")).unwrap();
            break;
        }
    }
    let again = reopened(folder.path());
    let execution = look(&again, &id).await;
    assert_eq!(execution["Status"]["State"], "FAILED");
    let reason = execution["Status"]["StateChangeReason"].as_str().unwrap();
    assert!(reason.contains("restarted"), "{reason}");
    assert_eq!(execution["Status"]["AthenaError"]["ErrorCategory"], 1);
    drop(again);
    assert_eq!(look(&reopened(folder.path()), &id).await, execution);
}
