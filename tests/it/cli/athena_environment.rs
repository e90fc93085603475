use std::process::{Command, Stdio};

use super::fixture::{BELFRY_TOML, Folder};
use super::served::Served;
use super::service_stub::{ServiceStub, folder_with_account};

const LINES: &str = include_str!("../../../athena/tests/data/first-day.log");
const LOGS: &str = "AWSLogs/000000000000/elasticloadbalancing/us-east-1/";

/// A suite that asks Athena, applied to an endpoint whose bucket holds the lines of a day.
fn environment() -> (Folder, Served) {
    let (folder, served) = (Folder::with_suite(), Served::new());
    let athena = format!(
        "\n[athena]\nworkgroup = \"demo\"\nresults = \"s3://demo-results/athena/\"\ndatabase = \"demo\"\n\n[athena.access_logs]\ntable = \"alb_logs\"\nlocation = \"s3://demo-logs/{LOGS}\"\nsince = \"2026/03/01\"\n"
    );
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{athena}"));
    folder.write(
        "queries/athena/by-status.sql",
        "-- description: Requests by status.\n-- table: alb_logs\nSELECT elb_status_code AS status, count(*) AS requests FROM alb_logs GROUP BY 1 ORDER BY 2 DESC, 1\n",
    );
    let objects = served.s3();
    served.run(async {
        for bucket in ["demo-results", "demo-logs"] {
            objects.create_bucket().bucket(bucket).send().await.unwrap();
        }
        let object = objects.put_object().bucket("demo-logs");
        let object = object.key(format!("{LOGS}2026/03/01/first.log"));
        let body = LINES.as_bytes().to_vec().into();
        object.body(body).send().await.unwrap();
    });
    let applied = folder.belfry_with(&served.variables(), &["apply", "--yes"]);
    assert!(applied.starts_with("exit 0"), "{applied}");
    (folder, served)
}

fn asked((folder, served): &(Folder, Served), arguments: &[&str]) -> String {
    let arguments = [&["athena"], arguments].concat();
    folder.belfry_with(&served.variables(), &arguments)
}

#[test]
fn a_saved_query_runs_in_the_environment_as_it_does_over_files() {
    let environment = environment();
    insta::assert_snapshot!(asked(&environment, &["by-status", "--format", "csv"]), @r###"
    exit 0
    ----- stdout -----
    "status","requests"
    "200","2"
    "403","1"
    "500","1"
    "502","1"
    ,"1"
    ----- stderr -----
    5 rows; 2.4 kB scanned, for which Athena would charge less than $0.0001
    "###);
    let text = "SELECT client_ip FROM alb_logs WHERE elb_status_code = ?";
    let of_502 = ["--text", text, "--param", "502", "--format", "json", "-q"];
    let answer = asked(&environment, &of_502);
    assert!(answer.contains("\"2001:db8::7\""), "{answer}");
    assert!(answer.contains("\"bytes_charged\": 10000000"), "{answer}");
}

#[test]
fn only_the_days_that_are_asked_for_are_scanned() {
    let environment = environment();
    let scanned = |flags: &[&str]| {
        let answer = asked(
            &environment,
            &[&["by-status", "--format", "json", "-q", "--utc"], flags].concat(),
        );
        let json = answer.split_once("----- stdout -----\n").unwrap().1;
        let json = json.split_once("----- stderr -----").unwrap().0;
        let json: serde_json::Value = serde_json::from_str(json).unwrap();
        json["statistics"]["bytes_scanned"].as_u64().unwrap()
    };
    let all = u64::try_from(LINES.len()).unwrap();
    assert_eq!(scanned(&[]), all);
    assert_eq!(
        scanned(&["--since", "2026-03-01", "--to", "2026-03-01"]),
        all
    );
    assert_eq!(scanned(&["--since", "2026-03-02"]), 0);
}

#[test]
fn all_pages_come_and_the_names_are_no_row() {
    let text = "SELECT n FROM UNNEST(sequence(1, 2500)) AS t(n)";
    let answer = asked(&environment(), &["--text", text, "--format", "csv", "-q"]);
    let lines: Vec<&str> = answer.lines().collect();
    assert_eq!(
        lines[..4],
        ["exit 0", "----- stdout -----", "\"n\"", "\"1\""]
    );
    assert_eq!(lines.iter().filter(|line| **line == "\"n\"").count(), 1);
    assert_eq!(lines[2502], "\"2500\"");
    assert!(asked(&environment(), &["--text", "SHOW TABLES"]).contains("alb_logs"));
}

#[test]
fn what_athena_refuses_is_said_in_its_words_with_the_place() {
    let environment = environment();
    let answers = [
        "SELECT nope FROM alb_logs",
        "SELECT FROM alb_logs WHERE",
        "DROP TABLE alb_logs",
        "SHOW TABLES IN nowhere",
    ]
    .map(|text| asked(&environment, &["--text", text]));
    insta::assert_snapshot!(answers.join("\n"), @r###"
    exit 1
    ----- stdout -----
    ----- stderr -----
      |
    1 | SELECT nope FROM alb_logs
      |        ^

    error: COLUMN_NOT_FOUND: line 1:8: Column 'nope' cannot be resolved or requester is not authorized to access requested resources

    exit 1
    ----- stdout -----
    ----- stderr -----
      |
    1 | SELECT FROM alb_logs WHERE
      |        ^

    error: line 1:8: mismatched input 'FROM'. Expecting: <identifier>

    exit 1
    ----- stdout -----
    ----- stderr -----
    error: `DROP` may write, and `belfry athena` reads only; expected one of SELECT, WITH, VALUES, TABLE, SHOW, DESCRIBE, DESC, EXPLAIN
    hint: databases and tables are made by `belfry apply`, from `[athena]` in belfry.toml

    exit 1
    ----- stdout -----
    ----- stderr -----
    error: FAILED: SemanticException [Error 10072]: Database does not exist: nowhere
    "###);
    let group = ["--text", "SELECT 1", "--workgroup", "none"];
    let answer = asked(&environment, &group);
    assert!(answer.starts_with("exit 5"), "{answer}");
}

#[test]
fn without_files_and_without_a_workgroup_nothing_is_asked() {
    let answer = Folder::with_suite().belfry(&["athena", "--text", "SELECT 1"]);
    insta::assert_snapshot!(answer, @r###"
    exit 2
    ----- stdout -----
    ----- stderr -----
    error: no files to look into, and belfry.toml has no `[athena]`
    hint: add --file; or name --workgroup (or --output) and --database to ask Athena in the environment
    "###);
}

fn never_ending(operation: &str, _: usize) -> String {
    match operation {
        "StartQueryExecution" => r#"{"QueryExecutionId":"q-1"}"#.to_owned(),
        "GetQueryExecution" => r#"{"QueryExecution":{"Status":{"State":"RUNNING"},"Statistics":{"DataScannedInBytes":2000000000}}}"#.to_owned(),
        "StopQueryExecution" => "{}".to_owned(),
        other => panic!("{other}"),
    }
}

fn broken(operation: &str, before: usize) -> String {
    match operation {
        "GetQueryExecution" => r#"{"QueryExecution":{"Status":{"State":"FAILED","StateChangeReason":"Query exhausted resources at this scale factor","AthenaError":{"ErrorCategory":1}}}}"#.to_owned(),
        _ => never_ending(operation, before),
    }
}

const AT_ACCOUNT: [&str; 7] = [
    "athena",
    "--text",
    "SELECT 1",
    "--workgroup",
    "w",
    "--env",
    "prod",
];

#[test]
fn ctrl_c_stops_the_query_at_athena() {
    let (folder, stub) = (folder_with_account(), ServiceStub::start(never_ending));
    let process = folder
        .command(&stub.variables(), &AT_ACCOUNT)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    stub.wait_for("GetQueryExecution", 2);
    let id = process.id().to_string();
    let killed = Command::new("kill").args(["-INT", &id]).status().unwrap();
    assert!(killed.success());
    let output = process.wait_with_output().unwrap();
    insta::assert_snapshot!(String::from_utf8(output.stderr).unwrap(), @r###"
    error: the query was stopped
    hint: 2.0 GB scanned, for which Athena charges about $0.0091 (estimate)
    "###);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(stub.calls().last().unwrap(), "StopQueryExecution");
}

#[test]
fn a_scan_beyond_the_cutoff_is_stopped_and_a_failure_of_athena_is_not_the_texts() {
    let (folder, stub) = (folder_with_account(), ServiceStub::start(never_ending));
    let arguments = [&AT_ACCOUNT[..], &["--cutoff", "1000000000"]].concat();
    insta::assert_snapshot!(folder.belfry_with(&stub.variables(), &arguments), @r###"
    exit 1
    ----- stdout -----
    ----- stderr -----
    error: the query was stopped: it scanned more than --cutoff 1000000000 allows
    hint: 2.0 GB scanned, for which Athena charges about $0.0091 (estimate)
    "###);
    let calls = [
        "StartQueryExecution",
        "GetQueryExecution",
        "StopQueryExecution",
    ];
    assert_eq!(stub.calls(), calls);
    let stub = ServiceStub::start(broken);
    insta::assert_snapshot!(folder.belfry_with(&stub.variables(), &AT_ACCOUNT), @r###"
    exit 5
    ----- stdout -----
    ----- stderr -----
    error: Query exhausted resources at this scale factor
    "###);
}
