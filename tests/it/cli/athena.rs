use super::fixture::Folder;

const LINES: &str = include_str!("../../../athena/tests/data/first-day.log");

fn folder() -> Folder {
    let folder = Folder::with_suite();
    folder.write("alb.log", LINES);
    folder.write(
        "queries/athena/by-status.sql",
        "-- description: Requests by status.\n-- table: alb_logs\nSELECT elb_status_code AS status, count(*) AS requests FROM alb_logs GROUP BY 1 ORDER BY 2 DESC, 1\n",
    );
    folder
}

#[test]
fn a_saved_query_runs_over_a_file_as_athena_would_run_it() {
    let answer = folder().stdout(&[
        "athena",
        "by-status",
        "--file",
        "alb.log",
        "--format",
        "csv",
    ]);
    insta::assert_snapshot!(answer, @r#"
    "status","requests"
    "200","2"
    "403","1"
    "500","1"
    "502","1"
    ,"1"
    "#);
}

#[test]
fn without_a_name_the_saved_queries_are_listed() {
    let answer = folder().stdout(&["athena", "--format", "csv"]);
    insta::assert_snapshot!(answer, @r"
    query,answers
    by-status,Requests by status.
    ");
}

#[test]
fn machines_read_columns_with_their_types_and_what_was_scanned() {
    let text =
        "SELECT client_ip, elb_status_code / 100 AS class FROM alb_logs WHERE elb_status_code = ?";
    let answer = folder().stdout(&[
        "athena", "--text", text, "--param", "502", "--file", "alb.log", "--format", "json",
    ]);
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["rows"], serde_json::json!([["2001:db8::7", "5"]]));
    assert_eq!(
        answer["columns"][1],
        serde_json::json!({ "name": "class", "type": "integer" })
    );
    assert_eq!(answer["statistics"]["bytes_scanned"], LINES.len());
    assert_eq!(answer["statistics"]["bytes_charged"], 10_000_000);
}
