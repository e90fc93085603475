//! Saved queries with parameters, and calls of saved queries in other texts.

use super::fixture::Folder;

const LOG: &str = r#"{"timestamp":"2026-04-20T10:00:00Z","level":"ERROR","endpoint":"/a","id":"7f","ms":12}
{"timestamp":"2026-04-20T10:00:01Z","level":"INFO","endpoint":"/a","id":"8a","ms":250}
{"timestamp":"2026-04-20T10:00:02Z","level":"ERROR","endpoint":"/b","id":"7f","ms":900}
"#;

const TRACE: &str = "# description: One request.
# log-groups: /demo/app
# parameter: id -- the request
# parameter: over = 0 -- milliseconds
fields endpoint, ms
| filter id = {{id}} and ms > {{over}}
| sort ms desc
";

fn folder() -> Folder {
    let folder = Folder::with_suite();
    folder.write("app.jsonl", LOG);
    folder.write("queries/insights/trace.cwli", TRACE);
    folder
}

#[test]
fn parameters_take_values_and_defaults() {
    let arguments = ["query", "trace", "--param", "id=7f", "--file", "app.jsonl"];
    insta::assert_snapshot!(folder().belfry(&arguments), @r###"
    exit 0
    ----- stdout -----
    ┌──────────┬─────┐
    │ endpoint ┆  ms │
    ╞══════════╪═════╡
    │ /b       ┆ 900 │
    │ /a       ┆  12 │
    └──────────┴─────┘
    2 rows; 2 of 3 records matched, 259 bytes scanned
    ----- stderr -----
    with id = "7f", over = 0 (default)
    "###);
    let arguments = [
        &arguments[..],
        &["--param", "over=100", "--format", "csv", "-q"],
    ]
    .concat();
    insta::assert_snapshot!(folder().belfry(&arguments), @r###"
    exit 0
    ----- stdout -----
    endpoint,ms
    /b,900
    ----- stderr -----
    "###);
}

#[test]
fn a_missing_value_is_named_with_what_it_is() {
    insta::assert_snapshot!(folder().belfry(&["query", "trace", "--file", "app.jsonl"]), @r###"
    exit 2
    ----- stdout -----
    ----- stderr -----
    error: the query `trace` needs a value for `id`
    hint: --param id=VALUE  (the request)
    hint: defaults: over = 0
    "###);
}

#[test]
fn a_parameter_that_the_query_does_not_take_is_refused() {
    let folder = folder();
    for given in ["ovr=1", "id", "id=1"] {
        let arguments = ["query", "trace", "--param", "id=7f", "--param", given];
        let found = folder.belfry(&arguments);
        assert!(found.starts_with("exit 2"), "{found}");
    }
    let found = folder.belfry(&["query", "trace", "--param", "id=7f", "--param", "ovr=1"]);
    assert!(
        found.contains("a parameter with a similar name exists: over"),
        "{found}"
    );
    let found = folder.belfry(&["query", "errors", "--param", "id=7f"]);
    assert!(found.contains("it takes no parameters"), "{found}");
    let found = folder.belfry(&["query", "--text", "limit 1", "--param", "id=7f"]);
    assert!(found.starts_with("exit 2"), "{found}");
}

#[test]
fn a_value_is_a_literal_and_nothing_else() {
    let value = "id=7f\" or 1 = 1 or id = \"";
    let arguments = [
        "query",
        "trace",
        "--param",
        value,
        "--file",
        "app.jsonl",
        "-q",
    ];
    let found = folder().stdout(&arguments);
    assert!(found.starts_with("no rows"), "{found}");
    let arguments = [
        "query",
        "trace",
        "--param",
        "id=1",
        "--param",
        "over=[\"a\"]",
        "--file",
        "app.jsonl",
    ];
    let found = folder().belfry(&arguments);
    assert!(found.starts_with("exit 1"), "{found}");
    assert!(
        found.contains("queries/insights/trace.cwli:6:31"),
        "{found}"
    );
}

#[test]
fn parameters_are_shown_and_listed() {
    let folder = folder();
    insta::assert_snapshot!(folder.stdout(&["query", "trace", "--show"]), @r###"
    query        trace
    answers      One request.
    takes        id  the request
                 over = 0  milliseconds
    looks into   /demo/app
    deployed as  demo/trace
    file         queries/insights/trace.cwli

    # description: One request.
    # log-groups: /demo/app
    # parameter: id -- the request
    # parameter: over = 0 -- milliseconds
    fields endpoint, ms
    | filter id = {{id}} and ms > {{over}}
    | sort ms desc
    "###);
    insta::assert_snapshot!(folder.stdout(&["query"]), @r###"
    ┌────────┬──────────────┬─────────────────────┐
    │ query  ┆ takes        ┆ answers             │
    ╞════════╪══════════════╪═════════════════════╡
    │ errors ┆              ┆ Errors by endpoint. │
    │ trace  ┆ id, over = 0 ┆ One request.        │
    └────────┴──────────────┴─────────────────────┘
    "###);
    let shown = folder.stdout(&["query", "trace", "--show", "--format", "json"]);
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let parameter =
        serde_json::json!({ "name": "over", "default": "0", "description": "milliseconds" });
    assert_eq!(shown["parameters"][1], parameter);
}

#[test]
fn a_text_calls_the_queries_of_the_suite() {
    let folder = folder();
    let text = "$`demo/trace`(id = '7f') | stats count(*) as n";
    let arguments = [
        "query",
        "--text",
        text,
        "--file",
        "app.jsonl",
        "--format",
        "csv",
    ];
    assert_eq!(folder.stdout(&arguments), "n\r\n2\r\n");
    let text = "$trace(id = '7f')";
    insta::assert_snapshot!(folder.belfry(&["query", "--text", text, "--file", "app.jsonl"]), @r###"
    exit 1
    ----- stdout -----
    ----- stderr -----
    error[Q0331]: no saved query is called `trace`
     --> query:1:1
      |
    1 | $trace(id = '7f')
      | ^^^^^^
      |
    help: a saved query with a similar name exists
      |
    1 - $trace(id = '7f')
    1 + $`demo/trace`(id = '7f')
      |

    error: the query is refused
    hint: `belfry explain CODE` tells more about a code
    "###);
    let outside = tempfile::tempdir().unwrap();
    let log = folder.path().join("app.jsonl");
    let log = log.to_str().unwrap();
    let alone = |text: &str| {
        let arguments = [
            "query", "--text", text, "--file", log, "-q", "--format", "csv",
        ];
        let mut command = folder.command(&[], &arguments);
        let output = command.current_dir(outside.path()).output().unwrap();
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    assert_eq!(alone("filter endpoint like /a$/").0, Some(0));
    let (code, errors) = alone("$trace(id = 1)");
    assert_eq!(code, Some(1));
    assert!(
        errors.contains("no saved queries are known here"),
        "{errors}"
    );
}

#[test]
fn a_plan_shows_each_parameter_that_differs() {
    let folder = folder();
    insta::assert_snapshot!(folder.stdout(&["plan"]), @r###"
    + topic.demo-alerts
        policy: "{"Action":"SNS:Publish","Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:budgets::000000000000:*"},"StringEquals":{"aws:SourceAccount":"000000000000"}},"Effect":"Allow","Principal":{"Service":"budgets.amazonaws.com"},"Resource":"arn:aws:sns:us-east-1:000000000000:demo-alerts","Sid":"belfry-budgets"}" … and 2 more lines
    + log_group./demo/app
        retention_days: 7
        class: "STANDARD"
    + metric_filter./demo/app:Errors
        log_group: "/demo/app"
        pattern: "{ $.level = "ERROR" }"
        namespace: "Demo"
        metric: "Errors"
        value: "1"
        default: 0
        unit: "None"
    + query.demo/errors
        log_groups: "/demo/app"
        text: "# description: Errors by endpoint." … and 3 more lines
    + query.demo/trace
        log_groups: "/demo/app"
        parameters: id description "the request", over default "0", description "milliseconds"
        text: "# description: One request." … and 3 more lines
    + alarm.demo-errors
        description: "errors" … and 2 more lines
        metric: namespace "Demo", name "Errors", statistic "Sum", period 60
        evaluation_periods: 1
        datapoints_to_alarm: 1
        threshold: 10
        comparison: "GreaterThanThreshold"
        treat_missing_data: "missing"
        actions_enabled: true
        actions: "arn:aws:sns:us-east-1:000000000000:demo-alerts"
    + dashboard.demo-main
        body: 1 widget

    7 to create, 0 to update, 0 to delete, 0 unchanged
    a month: +1 alarm metric $0.10, +1 custom metric $0.30, +1 dashboard $3.00; $0 → $3.40
      list prices of us-east-1 up to 2026-10-07; $0 where nothing else uses the account's free tier
      what is paid by use (logs, scans, requests) is not in it
    "###);
    folder.stdout(&["apply", "--yes"]);
    assert!(folder.stdout(&["plan"]).starts_with("no changes"));
    let changed = TRACE
        .replace("over = 0", "over = 5")
        .replace("{{id}} and", "{{id}} and endpoint = {{path}} and")
        .replace(
            "# parameter: id -- the request\n",
            "# parameter: id\n# parameter: path = \"/a\"\n",
        );
    folder.write("queries/insights/trace.cwli", &changed);
    insta::assert_snapshot!(folder.stdout(&["plan"]), @r###"
    ~ query.demo/trace
        parameters:
          ~ id: description "the request" → (nothing)
          ~ over: default "0", description "milliseconds" → default "5", description "milliseconds"
          + path: default ""/a""
        text:
            # description: One request.
            fields endpoint, ms
          - | filter id = {{id}} and ms > {{over}}
          + | filter id = {{id}} and endpoint = {{path}} and ms > {{over}}
            | sort ms desc

    0 to create, 1 to update, 0 to delete, 6 unchanged
    a month: no change of price; $3.40
    "###);
}

#[test]
fn the_local_endpoint_runs_calls_of_what_was_applied() {
    let folder = folder();
    folder.stdout(&["apply", "--yes"]);
    let arguments = [
        "query",
        "--text",
        "$`demo/trace`(id = '7f')",
        "--log-group",
        "/demo/app",
        "-q",
    ];
    assert!(folder.stdout(&arguments).starts_with("no rows"));
    let nobody = ["query", "--text", "$nobody()", "--log-group", "/demo/app"];
    let found = folder.belfry(&nobody);
    assert!(found.starts_with("exit 5"), "{found}");
}

#[test]
fn mistakes_in_headers_and_texts_are_told_together() {
    let folder = folder();
    let wrong = "# description: x\n# log-groups: /demo/app\n# parameter: 1st = 2\n# parameter: unused\n# paramter: typo\nfilter a = {{b}} and c like /{{unused}}/\n";
    folder.write("queries/insights/trace.cwli", wrong);
    insta::assert_snapshot!(folder.belfry(&["check"]), @r###"
    exit 1
    ----- stdout -----
    ----- stderr -----
    error[S0111]: `1st` is no name of a parameter
     --> queries/insights/trace.cwli:3:14
      |
    3 | # parameter: 1st = 2
      |              ^^^^^^^
      |
      = help: a name has letters, digits and `_`, and no digit first: `# parameter: name = default -- description`

    error[S0111]: unknown header `paramter`
     --> queries/insights/trace.cwli:5:1
      |
    5 | # paramter: typo
      | ^^^^^^^^^^^
      |
      = help: a header with a similar name exists: `parameter`

    error[Q0106]: nothing fills in `{{b}}`
     --> queries/insights/trace.cwli:6:12
      |
    6 | filter a = {{b}} and c like /{{unused}}/
      |            ^^^^^
      |
      = help: the query declares no parameter `b`

    error[Q0332]: `{{unused}}` stands inside a string, a regex or a quoted name
     --> queries/insights/trace.cwli:6:30
      |
    6 | filter a = {{b}} and c like /{{unused}}/
      |                              ^^^^^^^^^^
      |
      = help: AWS does not document what would be put there; a value takes the place of a whole literal, as in `field = {{name}}` or `field like {{name}}`

    error: the suite has 4 mistakes
    hint: `belfry explain CODE` tells more about a code
    "###);
}
