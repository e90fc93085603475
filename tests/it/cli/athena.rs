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

#[test]
fn a_limit_in_dollars_or_bytes_stops_a_query_over_files() {
    let folder = folder();
    let small = [
        "athena",
        "by-status",
        "--file",
        "alb.log",
        "--max-cost",
        "0.5",
        "-q",
    ];
    assert!(folder.belfry(&small).starts_with("exit 0"));
    folder.write("many.log", &LINES.repeat(6000));
    for (flag, limit, hint) in [
        ("--max-cost", "0.00005", "--max-cost 0.00005 allows no more"),
        ("--cutoff", "1000", "--cutoff 1000 allows no more"),
    ] {
        let answer = folder.belfry(&["athena", "by-status", "--file", "many.log", flag, limit]);
        assert!(answer.starts_with("exit 1"), "{answer}");
        assert!(
            answer.contains("Bytes scanned limit was exceeded"),
            "{answer}"
        );
        assert!(answer.contains(hint), "{answer}");
    }
    let least = [
        "athena",
        "by-status",
        "--file",
        "alb.log",
        "--max-cost",
        "0.00001",
    ];
    let answer = folder.belfry(&least);
    assert!(answer.starts_with("exit 2"), "{answer}");
    assert!(
        answer.contains("Athena charges for at least 10 MB, $0.00005"),
        "{answer}"
    );
}

#[test]
fn standard_input_is_read_as_a_file_and_a_table_without_files_is_named() {
    let folder = folder();
    let mut command = folder.command(
        &[],
        &[
            "athena",
            "by-status",
            "--file",
            "-",
            "--format",
            "csv",
            "-q",
        ],
    );
    folder.write("in.log", LINES);
    let answered = command
        .stdin(std::fs::File::open(folder.path().join("in.log")).unwrap())
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8(answered.stdout).unwrap().lines().count(),
        6
    );
    let text = "SELECT count(*) FROM alb_health_check_logs";
    let answer = folder.belfry(&[
        "athena", "--text", text, "--file", "alb.log", "--format", "csv",
    ]);
    assert!(
        answer.contains(
            "note: no file holds health-check logs: the table `alb_health_check_logs` is empty"
        ),
        "{answer}"
    );
}

#[test]
fn a_query_is_about_the_time_that_is_asked_for() {
    let folder = folder();
    let count = |flags: &[&str]| {
        let text = "SELECT count(*) AS n, min(time) AS first FROM alb_logs";
        let arguments = [
            "athena", "--text", text, "--file", "alb.log", "--format", "csv", "-q", "--utc",
        ];
        folder.stdout(&[&arguments[..], flags].concat())
    };
    assert_eq!(
        count(&[]).lines().nth(1).unwrap().split(',').next(),
        Some("\"6\"")
    );
    let some = count(&["--since", "2026-03-01 10:02", "--to", "2026-03-01"]);
    assert!(some.contains("\"2026-03-01T10:02:00.400000Z\""), "{some}");
    assert!(count(&["--since", "2026-03-02"]).contains("\"0\""));
}
