use super::fixture::Folder;

/// Two files of a folder and one that is no log.
fn with_logs() -> Folder {
    let folder = Folder::with_suite();
    folder.write(
        "logs/a.jsonl",
        "{\"timestamp\":\"2026-04-20T10:00:00Z\",\"n\":1}\n{\"timestamp\":\"2026-04-20T10:00:02Z\",\"n\":3}\n",
    );
    folder.write(
        "logs/b/c.log",
        "{\"timestamp\":\"2026-04-20T10:00:01.500Z\",\"n\":2}\n",
    );
    folder.write("logs/b/notes.md", "not a log\n");
    folder
}

fn csv(folder: &Folder, more: &[&str]) -> String {
    let base = ["query", "--format", "csv"];
    let arguments: Vec<&str> = base.iter().chain(more).copied().collect();
    folder.stdout(&arguments).replace("\r\n", "\n")
}

#[test]
fn a_folder_is_all_its_log_files_in_one() {
    let text = "fields @timestamp, n, @logStream";
    let answer = csv(&with_logs(), &["--text", text, "--file", "logs"]);
    insta::assert_snapshot!(answer, @r###"
    @timestamp,n,@logStream
    2026-04-20 10:00:02.000,3,logs/a.jsonl
    2026-04-20 10:00:01.500,2,logs/b/c.log
    2026-04-20 10:00:00.000,1,logs/a.jsonl
    "###);
}

#[test]
fn several_files_are_one_source() {
    let text = "stats count(*) as events, sum(n) as total";
    let files = ["--file", "logs/a.jsonl", "--file", "logs/b/c.log"];
    let arguments: Vec<&str> = ["--text", text].into_iter().chain(files).collect();
    assert_eq!(csv(&with_logs(), &arguments), "events,total\n3,6\n");
}

#[test]
fn a_folder_without_log_files_is_refused() {
    let folder = with_logs();
    let answer = folder.belfry(&["query", "--text", "fields n", "--file", "dashboards/.."]);
    assert!(answer.starts_with("exit 0"), "{answer}");
    let answer = folder.belfry(&["query", "--text", "fields n", "--file", "queries"]);
    insta::assert_snapshot!(answer, @r###"
    exit 1
    ----- stdout -----
    ----- stderr -----
    error: queries holds no log file
    hint: of a folder, files that end with .jsonl, .ndjson, .json, .log, .txt are read, with .gz too
    "###);
}

#[test]
fn a_range_is_read_in_the_machines_zone_and_shown_with_it() {
    let folder = with_logs();
    let text = "stats count(*) as n";
    let arguments = [
        "query",
        "--text",
        text,
        "--file",
        "logs",
        "--from",
        "2026-04-20 12:00:01",
        "--to",
        "12:00:01",
    ];
    let zone = [("TZ", "Europe/Berlin")];
    let answer = folder.belfry_with(&zone, &arguments);
    insta::assert_snapshot!(answer, @r###"
    exit 0
    ----- stdout -----
    ┌───┐
    │ n │
    ╞═══╡
    │ 1 │
    └───┘
    1 row; 1 of 1 records matched, 46 bytes scanned
    ----- stderr -----
    2026-04-20 12:00:01 +02:00 to 2026-04-20 12:00:01 +02:00 Europe/Berlin
    "###);
    let utc: Vec<&str> = arguments.into_iter().chain(["--utc"]).collect();
    let answer = folder.belfry_with(&zone, &utc);
    assert!(answer.contains("0 of 0 records matched"), "{answer}");
    assert!(
        answer.contains("2026-04-20 12:00:01 to 2026-04-20 12:00:01 UTC"),
        "{answer}"
    );
}

#[test]
fn a_range_that_ends_before_it_starts_is_refused() {
    let arguments = [
        "query",
        "--text",
        "fields n",
        "--file",
        "logs",
        "--utc",
        "--from",
        "2026-04-20",
        "--to",
        "2026-04-19",
    ];
    insta::assert_snapshot!(with_logs().belfry(&arguments), @r###"
    exit 2
    ----- stdout -----
    ----- stderr -----
    error: the time range ends (2026-04-19 23:59:59) before it starts (2026-04-20 00:00:00)
    "###);
}

#[test]
fn all_rows_of_a_file_come_in_order() {
    let folder = Folder::with_suite();
    let line = |n: i32| {
        format!(
            "{{\"ts\":{}.{:03},\"n\":{n}}}\n",
            1_776_679_200 + n / 1000,
            n % 1000
        )
    };
    let log: String = (0..120_000).map(line).collect();
    folder.write("big.jsonl", &log);
    let text = "fields n | filter n >= 0";
    let all = csv(&folder, &["--text", text, "--file", "big.jsonl", "--all"]);
    let mut numbers = all.lines().skip(1).map(|line| line.parse::<i32>().unwrap());
    assert!(numbers.by_ref().eq((0..120_000).rev()));
    let arguments = [
        "query",
        "--text",
        "stats count(*)",
        "--file",
        "big.jsonl",
        "--all",
    ];
    insta::assert_snapshot!(folder.belfry(&arguments), @r###"
    exit 2
    ----- stdout -----
    ----- stderr -----
    error: --all needs a query that lists events by time
    hint: `stats`, `limit`, `dedup` and `sort` by another field need the whole range at once
    "###);
}

#[test]
fn a_choice_is_switched_for_one_query() {
    let folder = with_logs();
    let text = "filter m != 1 | stats count(*) as n";
    let base = ["--text", text, "--file", "logs"];
    let chosen = ["--choice", "missing-in-negation=true"];
    assert_eq!(csv(&folder, &base), "n\n");
    assert_eq!(csv(&folder, &[&base[..], &chosen[..]].concat()), "n\n3\n");
}

#[test]
fn an_unknown_choice_and_a_command_that_only_aws_runs_are_refused() {
    let folder = with_logs();
    let refused = |text: &str, more: &[&str]| {
        let base = ["query", "--text", text, "--file", "logs"];
        folder.belfry(&[&base[..], more].concat())
    };
    let choice = refused("fields n", &["--choice", "missing-in-negations=true"]);
    assert!(choice.starts_with("exit 2"), "{choice}");
    assert!(choice.contains("`missing-in-negation`"), "{choice}");
    let anomaly = refused("pattern @message | anomaly", &[]);
    assert!(anomaly.starts_with("exit 1"), "{anomaly}");
    assert!(anomaly.contains("Q0325"), "{anomaly}");
}

#[test]
fn the_time_range_of_source_holds_for_files_too() {
    let folder = Folder::with_suite();
    let line =
        |minute: u8| format!("{{\"ts\":\"2026-04-20T10:{minute:02}:00Z\",\"n\":{minute}}}\n");
    let log: String = [1, 2, 3].map(line).concat();
    folder.write("app.jsonl", &log);
    let text = "SOURCE '/app' start='2026-04-20T10:02:00Z' end='2026-04-20T10:02:30Z' | fields n";
    let base = ["--text", text, "--file", "app.jsonl"];
    assert_eq!(csv(&folder, &base), "n\n2\n");
    let both = folder.belfry(&[&["query"], &base[..], &["--since", "1d"]].concat());
    assert!(
        both.contains("`SOURCE` says a time range, and so do the flags"),
        "{both}"
    );
    let text = "fields queryStartTime() as s | limit 1";
    let open = folder.belfry(&["query", "--text", text, "--file", "app.jsonl"]);
    assert!(open.starts_with("exit 1"), "{open}");
    assert!(
        open.contains("`queryStartTime` asks for the time range"),
        "{open}"
    );
}
