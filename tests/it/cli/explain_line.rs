use super::fixture::{BELFRY_TOML, Folder};

const MORE: &str = r#"
[[metric_filter]]
name = "Latency"
log_group = "/demo/app"
pattern = '{ $.ms > 100 && $.route = * }'
metric = { namespace = "Demo", name = "Latency", value = "$.ms", unit = "Milliseconds", dimensions = { Route = "$.route", Zone = "$.zone" } }
"#;

fn folder() -> Folder {
    let folder = Folder::with_suite();
    folder.write("belfry.toml", &format!("{BELFRY_TOML}{MORE}"));
    folder
}

#[test]
fn a_line_says_what_it_becomes_and_why_not_more() {
    let line = r#"{"timestamp":"2026-04-20T10:00:00Z","level":"INFO","ms":250,"route":"/add","_aws":{"Timestamp":1776679200000,"CloudWatchMetrics":[{"Namespace":"Demo","Dimensions":[["Service"],["Nowhere"]],"Metrics":[{"Name":"Errors"},{"Name":"Slow"}]}]},"Service":"s","Errors":2,"Slow":"yes"}"#;
    let answer = folder().stdout(&["explain-line", line]);
    insta::assert_snapshot!(answer, @r#"
    {"timestamp":"2026-04-20T10:00:00Z","level":"INFO","ms":250,"route":"/add","_aws":{"Timestamp":1776679200000,"CloudWatchMetrics":[{"Namespace":"Demo","Dimensions":[["Service"],["Nowhere"]],"Metrics":[{"Name":"Errors"},{"Name":"Slow"}]}]},"Service":"s","Errors":2,"Slow":"yes"}
    2026-04-20T10:00:00.000Z in /demo/app

    metric filter Errors { $.level = "ERROR" }: does not match
                           ^^^^^^^^^^^^^^^^^
      - $.level = "ERROR": the line has the text `INFO`
      the pattern does not match
      so the default value is published, without dimensions
      → Demo Errors = 0 (None) at 2026-04-20T10:00:00.000Z
        read by the alarm demo-errors

    metric filter Latency { $.ms > 100 && $.route = * }: matches
      + $.ms > 100: the line has the number 250
      + $.route = *: the line has the text `/add`
      `Zone` has no value at `$.zone`
      a dimension without a value drops all of them
      → Demo Latency = 250 (Milliseconds) at 2026-04-20T10:00:00.000Z

    embedded metrics: 1 datapoint
      → Demo Errors {Service="s"} = 2 (None) at 2026-04-20T10:00:00.000Z
        not read by the alarm demo-errors: it reads other dimensions, which is another metric
      dropped without a word: the metric `Slow`: `"yes"` is not a number, a list of numbers, or an object of Values and Counts or of Max, Min, Count and Sum
      dropped without a word: the dimension set `["Nowhere"]`: no member `Nowhere` at the root

    Logs Insights finds 15 fields: @timestamp, @message, timestamp, level, ms, route, _aws.Timestamp, _aws.CloudWatchMetrics.0.Namespace, _aws.CloudWatchMetrics.0.Dimensions.0.0, _aws.CloudWatchMetrics.0.Dimensions.1.0, _aws.CloudWatchMetrics.0.Metrics.0.Name, _aws.CloudWatchMetrics.0.Metrics.1.Name, Service, Errors, Slow
    "#);
}

#[test]
fn a_pattern_that_does_not_match_is_marked_at_the_part() {
    let answer = folder().stdout(&[
        "explain-line",
        "--at",
        "2026-04-20T10:00:00Z",
        r#"{"level":"ERROR","ms":"slow"}"#,
    ]);
    insta::assert_snapshot!(answer, @r#"
    {"level":"ERROR","ms":"slow"}
    2026-04-20T10:00:00.000Z in /demo/app

    metric filter Errors { $.level = "ERROR" }: matches
      + $.level = "ERROR": the line has the text `ERROR`
      → Demo Errors = 1 (None) at 2026-04-20T10:00:00.000Z
        read by the alarm demo-errors

    metric filter Latency { $.ms > 100 && $.route = * }: does not match
                            ^^^^^^^^^^    ^^^^^^^^^^^
      - $.ms > 100: the line has the text `slow`
      - $.route = *: the line has nothing there, or null
      the pattern does not match
      nothing is published: the filter has no default value

    embedded metrics: none, no `_aws`: a plain log event

    Logs Insights finds 4 fields: @timestamp, @message, level, ms
    "#);
}

#[test]
fn lines_of_a_file_are_explained_as_json() {
    let folder = folder();
    folder.write("app.log", "plain text\n{\"level\":\"ERROR\"}\nthird\n");
    let answer = folder.stdout(&[
        "explain-line",
        "--file",
        "app.log",
        "--limit",
        "2",
        "--format",
        "json",
    ]);
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(
        (&answer["version"], &answer["not_shown"]),
        (&1.into(), &1.into())
    );
    let lines = answer["lines"].as_array().unwrap();
    assert_eq!(lines[0]["filters"][0]["matches"], false);
    assert_eq!(lines[1]["filters"][0]["datum"]["metric"], "Demo Errors");
    assert_eq!(
        lines[1]["filters"][0]["datum"]["alarms"][0]["alarm"],
        "demo-errors"
    );
    let members: Vec<_> = lines[0].as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        members.join(" "),
        "line timestamp log_group filters embedded not_embedded dropped fields"
    );
}

#[test]
fn what_cannot_be_explained_is_refused() {
    let folder = folder();
    for (arguments, exit) in [
        (vec!["explain-line"], "exit 2"),
        (vec!["explain-line", "--file", "nowhere.log"], "exit 1"),
        (vec!["explain-line", "x", "--format", "csv"], "exit 2"),
    ] {
        let answer = folder.belfry(&arguments);
        assert!(answer.starts_with(exit), "{answer}");
    }
}

#[test]
fn a_group_of_infrequent_access_has_neither_filters_nor_embedded_metrics() {
    let folder = Folder::with_suite();
    let toml = BELFRY_TOML.replace(
        "retention_days = 7",
        "retention_days = 7\nclass = \"INFREQUENT_ACCESS\"",
    );
    folder.write("belfry.toml", &toml);
    let line = r#"{"level":"ERROR","_aws":{"Timestamp":1776679200000,"CloudWatchMetrics":[{"Namespace":"N","Dimensions":[[]],"Metrics":[{"Name":"M"}]}]},"M":1}"#;
    let answer = folder.belfry(&["explain-line", line, "--format", "json"]);
    assert!(
        answer.contains("log groups of class INFREQUENT_ACCESS have no embedded metrics"),
        "{answer}"
    );
    assert!(!answer.contains("\"Errors\""), "{answer}");
}
