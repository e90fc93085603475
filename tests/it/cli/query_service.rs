use std::process::{Command, Stdio};

use super::service_stub::{ServiceStub, folder_with_account};

const RUNNING: &str = r#"{"status":"Running","results":[],"statistics":{"recordsMatched":0.0,"recordsScanned":9.0,"bytesScanned":2147483648.0}}"#;
const COMPLETE: &str = r#"{"status":"Complete","results":[[{"field":"n","value":"3"}]],"statistics":{"recordsMatched":3.0,"recordsScanned":9.0,"bytesScanned":2147483648.0}}"#;

fn never_ending(operation: &str, _: usize) -> String {
    match operation {
        "StartQuery" => r#"{"queryId":"q-1"}"#.to_owned(),
        "GetQueryResults" => RUNNING.to_owned(),
        "StopQuery" => r#"{"success":true}"#.to_owned(),
        other => panic!("{other}"),
    }
}

fn complete(operation: &str, before: usize) -> String {
    match (operation, before) {
        ("GetQueryResults", 1) => COMPLETE.to_owned(),
        _ => never_ending(operation, before),
    }
}

#[test]
fn ctrl_c_stops_the_query_on_the_service() {
    let (folder, stub) = (folder_with_account(), ServiceStub::start(never_ending));
    let process = folder
        .command(
            &stub.variables(),
            &["query", "errors", "--env", "prod", "--quiet"],
        )
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    stub.wait_for("GetQueryResults", 2);
    let id = process.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    let output = process.wait_with_output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(errors, "error: the query was stopped; it costs no more\n");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stub.calls().last().unwrap(), "StopQuery");
}

#[test]
fn a_scan_that_costs_more_than_allowed_is_stopped() {
    let (folder, stub) = (folder_with_account(), ServiceStub::start(never_ending));
    let arguments = [
        "query",
        "errors",
        "--env",
        "prod",
        "--quiet",
        "--max-cost",
        "0.005",
    ];
    insta::assert_snapshot!(folder.belfry_with(&stub.variables(), &arguments), @r###"
    exit 4
    ----- stdout -----
    ----- stderr -----
    error: the scan cost about $0.0100 (estimate), more than --max-cost $0.0050; it was stopped
    "###);
    assert_eq!(stub.calls(), ["StartQuery", "GetQueryResults", "StopQuery"]);
}

#[test]
fn what_only_the_service_may_know_is_sent_and_the_price_is_shown() {
    let (folder, stub) = (folder_with_account(), ServiceStub::start(complete));
    let text = "stats zzqqxx(duration) as n";
    let arguments = [
        "query",
        "--text",
        text,
        "--log-group",
        "/x",
        "--env",
        "prod",
    ];
    let answer = folder.belfry_with(&stub.variables(), &arguments);
    assert!(
        answer.contains("error[Q0301]: unknown function `zzqqxx`"),
        "{answer}"
    );
    assert!(
        answer.contains("note: the service is asked all the same"),
        "{answer}"
    );
    let cost = "1 row; 3 of 9 records matched, 2.1 GB scanned, about $0.0100 (estimate)";
    assert!(answer.contains(cost), "{answer}");
    assert!(answer.starts_with("exit 0"), "{answer}");
}
